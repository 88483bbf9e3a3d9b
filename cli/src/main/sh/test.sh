#!/bin/sh
# ./ilteo test: runs every test of the project and prints the totals. JAVA_HOME is set by ./ilteo.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../../.." && pwd)
case ${1:-} in
  -h | --help)
    cat <<'HELP'
Usage: ./ilteo test [MAVEN OPTION ...]
Runs every test: unit, PostgreSQL, gRPC on the wire, and one end to end with real processes.

Examples:
  ./ilteo test
  ./ilteo test -pl tuner-service -am -Dtest='*Contract*' -Dsurefire.failIfNoSpecifiedTests=false
Exit codes: 0 all passed, 1 otherwise.
HELP
    exit 0
    ;;
esac

cd "$root" || exit 1
find . -path '*/target/*-reports/TEST-*.xml' -delete 2>/dev/null
# All modules are tested, also after one has failed; two at a time where neither needs the other, since a test of
# processes mostly waits.
./mvnw -B -ntp -fae -T 2 verify "$@"
status=$?

# The reports of all modules, one tag on a line.
reports() { find . -path '*/target/*-reports/TEST-*.xml' -exec cat {} + | tr '>' '\n'; }

# By name, since what Maven printed of a module's tests may be far above.
failed=$(reports | awk '
  /<testcase / {
    match($0, / name="[^"]*"/);      name = substr($0, RSTART + 7, RLENGTH - 8)
    match($0, / classname="[^"]*"/); test = substr($0, RSTART + 12, RLENGTH - 13) "." name
  }
  /<(failure|error)[ \/]/ && test != last { print "failed: " test; last = test }')

# The runner's own totals, added up over the modules.
totals=$(reports | awk '
  /<testsuite / {
    if (match($0, / tests="[0-9]+"/))    tests    += substr($0, RSTART + 8,  RLENGTH - 9)
    if (match($0, / failures="[0-9]+"/)) failures += substr($0, RSTART + 11, RLENGTH - 12)
    if (match($0, / errors="[0-9]+"/))   errors   += substr($0, RSTART + 9,  RLENGTH - 10)
    if (match($0, / skipped="[0-9]+"/))  skipped  += substr($0, RSTART + 10, RLENGTH - 11)
  }
  END {
    printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", tests, failures, errors, skipped
    printf "%d passed, %d failed", tests - failures - errors - skipped, failures + errors
  }')
[ "$status" -eq 0 ] || echo "the build failed (Maven ended with $status)"
[ -z "$failed" ] || echo "$failed"
echo "$totals"
[ "$status" -eq 0 ] || exit 1
