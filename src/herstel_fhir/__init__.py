"""Values of the domain as FHIR R4 (4.0.1) resources: plain mappings that can be written as JSON. No HTTP, no clock."""
