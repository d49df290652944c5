"""The page kit: layouts, components, lists, forms, guards. It knows no domain.

Four page kinds (list, detail, form, board) are templates under `ui/`; a page extends one of them. A
view is a function under `@reads` or `@writes` and answers with `show`. A list is `Listing`: columns
as data, and filter, sort, keyset paging, empty state and export come with it.
Five words: page, part, listing, component, guard.
"""
