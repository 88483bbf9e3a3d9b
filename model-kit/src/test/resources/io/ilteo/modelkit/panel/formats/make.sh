#!/bin/sh
# Writes the same small panel in every format that Ilteo reads, with public tools that are not Ilteo's:
# R's haven (ReadStat) for Stata, SPSS and SAS, openxlsx for Excel, pspp for a second SPSS file, iconv for CP949.
#
#   apt-get install r-cran-haven r-cran-openxlsx pspp
#   cd model-kit/src/test/resources/io/ilteo/modelkit/panel/formats && sh make.sh
#
# panel.csv is the origin: four persons of the synthetic panel.
set -eu
iconv -f UTF-8 -t CP949 korean.csv > korean-cp949.csv
{ printf '\357\273\277'; cat panel.csv; } > panel-bom.csv
tr ',' '\t' < panel.csv > panel.tsv
Rscript --vanilla - <<'R'
library(haven)
panel <- read.csv("panel.csv", check.names = FALSE)
for (name in names(panel)) panel[[name]] <- as.numeric(panel[[name]])
panel$p_sex <- labelled(panel$p_sex, c("남" = 1, "여" = 2), label = "성별")
attr(panel$p_wage, "label") <- "월평균 임금(만원)"
for (version in c(8, 10, 12, 13)) write_dta(panel, sprintf("panel-stata%d.dta", version), version = version)
small <- panel
for (name in names(small)) {
  if (name != "p_sex" && all(is.na(small[[name]]) | small[[name]] == round(small[[name]]))) {
    small[[name]] <- as.integer(small[[name]])
  }
}
write_dta(small, "panel-stata14.dta", version = 14)
write_sav(panel, "panel.sav", compress = "byte")
plain <- as.data.frame(lapply(panel, as.numeric), check.names = FALSE)
suppressWarnings(write_sas(plain, "panel.sas7bdat"))
openxlsx::write.xlsx(plain, "panel.xlsx")
R
{
  echo "GET DATA /TYPE=TXT /FILE='panel.csv' /ARRANGEMENT=DELIMITED /DELIMITERS=',' /FIRSTCASE=2 /VARIABLES="
  head -1 panel.csv | tr ',' '\n' | sed 's/$/ F8.2/'
  echo ".";
  echo "MISSING VALUES p_wage (-1)."
  echo "SAVE OUTFILE='panel-pspp.sav'."
} > pspp.sps
pspp pspp.sps > /dev/null
rm pspp.sps
ls -l
