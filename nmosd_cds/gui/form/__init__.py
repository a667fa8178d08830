"""The form: pages, editors and rows built from the patient model; no field is named here."""
