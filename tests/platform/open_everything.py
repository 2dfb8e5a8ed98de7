"""Opens every sealed text of an installation through its people's sessions; prints counts."""

import json
import os
import sys
from pathlib import Path

import django


def main() -> None:
    from ruang.vault import root

    root.install(root.subkeys(root.load(Path(os.environ["RUANG_SECRETS"])), "cli"))
    django.setup()
    print(json.dumps(count()))


def count() -> dict[str, int]:
    from django.apps import apps

    from ruang.kernel.filecard import FileCard
    from ruang.vault.files import read_file
    from ruang.vault.texts import SealedField, open_texts
    from tests.attacks.city_to_rob import sessions

    actors = sessions()
    found = {"sealed": 0, "opened": 0, "files": 0}
    columns = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]
    for model, name in columns:
        rows = list(model.objects.exclude(**{name: None}))
        tried = [open_texts(actor.keys, rows, name) for actor in actors]
        for number, row in enumerate(rows):
            text = next((texts[number] for texts in tried if texts[number]), None)
            found["sealed"] += 1
            found["opened"] += text is not None
            if text and name == "meta":
                card = FileCard.from_text(text)
                found["files"] += sum(map(len, read_file(row.pk, card.key, card.size))) > 0
    return found


if __name__ == "__main__":
    sys.exit(main())
