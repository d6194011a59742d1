"""Reads one export as Arrow and as CSV and says in how many cells they differ."""

import struct
import sys
import urllib.request

import pandas as pd
import pyarrow as pa

address = sys.argv[1] + "/api/v1/export?site=demo&sensor=borehole-1"
with pa.ipc.open_stream(urllib.request.urlopen(address + "&format=arrow")) as stream:
    table = stream.read_all()
table.validate(full=True)
arrow = table.to_pandas()
csv = pd.read_csv(address, dtype=str, keep_default_na=False)


def cell(row, name):
    """As the CSV has it: the number's bytes where there is one, else the words beside it."""
    value = row[name]
    if not pd.isna(value):
        return struct.pack("d", value)
    words = row[name + "_text"]
    return "" if pd.isna(words) else words


def number(text):
    try:
        return struct.pack("d", float(text))
    except ValueError:
        return text


properties = [name[:-5] for name in arrow.columns if name.endswith("_text")]
different = 0
for (_, ours), (_, theirs) in zip(arrow.iterrows(), csv.iterrows()):
    different += ours["measuredAt"] != pd.Timestamp(theirs["measuredAt"])
    different += ours["seq"] != int(theirs["seq"])
    for name in properties:
        different += cell(ours, name) != number(theirs[name])
        flag = ours[name + "_flag"]
        different += ("" if pd.isna(flag) else str(int(flag))) != theirs[name + "_flag"]
print(f"{len(arrow)} and {len(csv)} rows, {len(properties)} properties, {different} different")
print(table.schema.field("measuredAt").type, table.schema.metadata[b"license"].decode())
