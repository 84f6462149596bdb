#!/usr/bin/env python3
"""Checks every shipped catalog and policy against the JSON schema beside it. Usage: check_catalog_schema.py RESOURCES"""
import json
import pathlib
import sys

import jsonschema

resources = pathlib.Path(sys.argv[1])
faults = 0
for folder, schema_folder in (("catalogs",) * 2, ("conventions", "catalogs"), ("policies",) * 2):
    schema_file = next((resources / schema_folder).glob("*.schema.json"))
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = [f for f in sorted((resources / folder).glob("*.json")) if f != schema_file]
    if not files:
        print(f"{folder}: no files")
        faults += 1
    for file in files:
        errors = list(validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))))
        faults += len(errors)
        for error in errors:
            print(f"{file.name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
        print(f"{folder}/{file.name}: {len(errors)} faults")
sys.exit(1 if faults else 0)
