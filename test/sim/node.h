/** Inside a node: shared by node.c and the applications. */
#ifndef TEST_SIM_NODE_H
#define TEST_SIM_NODE_H

#include "sim.h"
#include "lwip/netif.h"

extern const struct sim_host *node_host;
extern struct sim_node_config node_config;
extern struct sim_conn *node_conns;
extern int node_n_conns;

void node_fail(const char *what);
/** Does memory fail again and again?  Then a closed connection may give way to a new one, and its reset be lost: nobody tells its peer. */
bool node_starves(void);
/** The address of 10.0.S.N as the applications use it. */
ip_addr_t node_address(uint32_t ip);

void node_tcp_listen(uint16_t port);
void node_tcp_connect(struct sim_conn *c, uint32_t server_ip, uint16_t server_port);
void node_tcp_stop(struct sim_conn *c, int role);
void node_tcp_cut(struct sim_conn *c, int role);
void node_tcp_check(void);
void node_tcp_shut(void);

void node_udp_boot(bool echo);
void node_udp_send(uint32_t to_ip, uint16_t port, uint32_t tag, size_t len);
uint32_t node_udp_good(void);

#endif
