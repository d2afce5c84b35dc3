"""What spreadsheet programs write for a formula that failed, in the languages of the usual exports."""

# fmt: off
ERROR_VALUES = frozenset({
    "#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
    "#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#NAME!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!", "#RIF!", "#VALORE!",
    "#¡VALOR!", "#¡REF!", "#¿NOMBRE?", "#¡DIV/0!", "#¡NUM!", "#¡NULO!",
    "Err:502", "Err:504", "Err:508", "Err:509", "Err:519", "Err:522",
})
# fmt: on
