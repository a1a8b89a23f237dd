/** Whose is it, without tables: what small programs have. */
#define LWIP_X_TCP_HASH 1
#define LWIP_X_TCP_LISTEN_HASH 1
#include "transport/tcp_lookup.c"

#include "test_tcp_lookup.c"
