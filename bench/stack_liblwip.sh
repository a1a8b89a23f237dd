# Debian's liblwip (lwIP 2.1.3 as a shared library with its own options: an OS build, IPv6 on, no DNS).
PORT=""
INC="-I/usr/include/lwip -DH_LIBLWIP"
SRC="-llwip"
HTTPD_SRC=""
APPS=""
