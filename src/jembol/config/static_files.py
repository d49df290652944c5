"""Static files under names that carry their hash, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):
    """A page of one version loads modules of that version only, whatever a phone has cached."""

    support_js_module_import_aggregation = True
