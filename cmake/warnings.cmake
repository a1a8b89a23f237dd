# The warnings every file here is clean under (docs: STYLE in DEVELOPERS.md).
add_library(lwip_warnings INTERFACE)
target_compile_options(lwip_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Wcast-qual
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes>
  $<$<BOOL:${LWIP_WERROR}>:-Werror>)
