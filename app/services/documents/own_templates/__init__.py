"""Word templates of the office's own: plain tags, checked before they are taken, filled safely."""

from app.services.documents.own_templates.office_pdf import find_office
from app.services.documents.own_templates.service import (
    add_template,
    check_file,
    fill_template,
    list_templates,
    remove_template,
    rename_template,
    replace_template,
    save_example,
    save_template,
    template_row,
    write_filled,
    write_registered,
)
from app.services.documents.own_templates.tags import kinds as template_kinds
from app.services.documents.own_templates.tags import tags_of as template_tags
from app.services.documents.own_templates.types import (
    Filled,
    TemplateError,
    TemplateFault,
    TemplateReport,
    TemplateRow,
    TemplateTag,
)

__all__ = [
    "Filled",
    "TemplateError",
    "TemplateFault",
    "TemplateReport",
    "TemplateRow",
    "TemplateTag",
    "add_template",
    "check_file",
    "fill_template",
    "find_office",
    "list_templates",
    "remove_template",
    "rename_template",
    "replace_template",
    "save_example",
    "save_template",
    "template_kinds",
    "template_row",
    "template_tags",
    "write_filled",
    "write_registered",
]
