/**
 * The example program of both ports: a web server that shows the live state of the stack, echo and its
 * sisters, and an iperf server.
 */
#ifndef PORTS_COMMON_WEBSTATUS_H
#define PORTS_COMMON_WEBSTATUS_H

/** Start the web server.  /  the page, /state.json  the state, /status.html  the state for browsers without JavaScript. */
void webstatus_start(void);

/** Start echo (7), discard (9) and chargen (19) on TCP and UDP (RFC 862, 863, 864). */
void echo_start(void);

#endif
