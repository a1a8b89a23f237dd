# The stack of this tree.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
INC="-I$top/src"
SRC=$(find "$top/src/stack" -name '*.c' ! -path '*/app/*' | sort | tr '\n' ' ')
HTTPD_SRC=$(find "$top/src/stack/app" -name 'http*.c' -o -path '*/app/*' -name 'fs*.c' 2>/dev/null | sort | tr '\n' ' ')
APPS=$(find "$top/src/stack/app" -name '*.c' 2>/dev/null | sort | tr '\n' ' ')
