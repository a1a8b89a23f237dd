# The sources by the variable names lwIP users know.  Include this file (or add_subdirectory the
# whole tree) and build what you need.  Features are chosen by options, not by files: every file may
# always be compiled, what is switched off comes out empty.
#
# Globbed, so that a new file needs no line here; CONFIGURE_DEPENDS makes the build notice it.

if(NOT DEFINED LWIP_DIR)
  get_filename_component(LWIP_DIR "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
endif()
set(LWIP_SRC_DIR "${LWIP_DIR}/src")

function(_lwip_glob out)
  set(found)
  foreach(folder IN LISTS ARGN)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${LWIP_SRC_DIR}/stack/${folder}/*.c")
    list(APPEND found ${files})
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

_lwip_glob(lwipcore_SRCS base mem wire tcp ip transport service init port)
_lwip_glob(lwipnetif_SRCS link)
_lwip_glob(lwipapi_SRCS api)
_lwip_glob(lwipppp_SRCS ppp)
_lwip_glob(lwipallapps_SRCS app)

# lwIP's lists have the families apart; here a file may serve both, so the core list has them all.
set(lwipcore4_SRCS)
set(lwipcore6_SRCS)
set(lwipsixlowpan_SRCS)
set(lwipnoapps_SRCS ${lwipcore_SRCS} ${lwipnetif_SRCS} ${lwipapi_SRCS} ${lwipppp_SRCS})

# One application at a time: the lists lwIP's users link by name.
function(_lwip_app out)
  set(found)
  foreach(pattern IN LISTS ARGN)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${LWIP_SRC_DIR}/stack/app/${pattern}")
    list(APPEND found ${files})
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()
_lwip_app(lwiphttp_SRCS "http*.c" "fs*.c" "altcp_proxyconnect*.c")
_lwip_app(lwipiperf_SRCS "*iperf*.c")
_lwip_app(lwipmqtt_SRCS "mqtt*.c")
_lwip_app(lwipmdns_SRCS "mdns*.c")
_lwip_app(lwipsntp_SRCS "sntp*.c")
_lwip_app(lwipsnmp_SRCS "snmp*.c")
_lwip_app(lwipsmtp_SRCS "smtp*.c")
_lwip_app(lwiptftp_SRCS "tftp*.c")
_lwip_app(lwipnetbios_SRCS "netbios*.c")
_lwip_app(lwipmbedtls_SRCS "altcp_tls*.c")
