"""Static files under names that carry their hash, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Modules that import one another. The scripts of other projects are left as they came: some name
# in a comment what they do not bring.
MODULES = "field/*.js"
IMPORT = r"""(?P<matched>(?P<import>^import\s[^"';]*?from\s*)["'](?P<url>\./[^"']+)["'])"""


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # tells no types
    """A page of one version loads modules of that version only, whatever a phone has cached."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (MODULES, ((f"(?m){IMPORT}", '%(import)s"%(url)s"'),)),
    )
    # A module's name changes with those that it imports, from the innermost outwards.
    max_post_process_passes = 10
