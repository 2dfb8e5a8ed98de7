"""The official keys, on a report and on a case alike: signs, kind, authority, lowering."""
