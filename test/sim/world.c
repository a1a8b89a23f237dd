/**
 * Time goes from event to event: a frame arrives, a driver has sent, an application acts, or a node's
 * own deadline (sys_timeouts_sleeptime(), which must be exact) has come.  After each event every node
 * is asked whether anything is over its bound; at the end, when all connections have ended and
 * TIME-WAIT is over, the memory in use must be what it was after boot.
 */
#define _GNU_SOURCE /* memfd_create */
#include "world.h"
#include "event.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STUCK_EVENTS = 200000, QUIET_MS = 400000 };

struct world *world;
static uint64_t deadline_us[SIM_NODES_MAX];
static struct sim_usage at_boot[SIM_NODES_MAX];
static struct {
  uint64_t at_us;
  uint32_t got;
} progress[SIM_CONNS_MAX][2]; /* of what a side receives */

void world_fail(const char *fmt, ...)
{
  va_list ap;

  if (world->failure[0] != '\0') {
    return;
  }
  va_start(ap, fmt);
  vsnprintf(world->failure, sizeof(world->failure), fmt, ap);
  va_end(ap);
}

/* ------------------------------------------------------------------ what the nodes call */

static uint32_t host_now_ms(int node)
{
  return (uint32_t)(world->now_us / 1000) + world->clock_offset_ms[node];
}

static void host_fail(int node, const char *what)
{
  world_fail("node %d at %.3f s: %s", node, (double)world->now_us / 1e6, what);
}

static void host_trace(int node, const char *text)
{
  if (world->verbose) {
    printf("%12.6f node %d %s\n", (double)world->now_us / 1e6, node, text);
  }
}

static void hash_in(const void *data, size_t len)
{
  const uint8_t *p = data;

  while (len-- > 0) {
    world->hash = (world->hash ^ *p++) * 0x100000001B3u;
  }
}

static void print_frame(int node, const uint8_t *f, size_t len, const char *what)
{
  const uint8_t *ip = f + 14, *t;
  const bool ip4 = f[12] == 8 && f[13] == 0 && ip[9] == 6, ip6 = f[12] == 0x86 && f[13] == 0xdd && ip[6] == 6;
  unsigned whole = (unsigned)(ip6 ? ip[4] << 8 | ip[5] : (ip[2] << 8 | ip[3]) - (ip[0] & 15) * 4);

  if ((!ip4 && !ip6) || len < 54) {
    printf("%12.6f node %d frame %zu type %02x%02x proto %u%s\n", (double)world->now_us / 1e6, node, len, f[12], f[13],
           ip[f[12] == 8 ? 9 : 6], what);
    return;
  }
  t = ip + (ip6 ? 40 : (ip[0] & 15) * 4);
  printf("%12.6f node %d tcp %u>%u %s%s%s%s%s seq %u ack %u len %u wnd %u%s\n", (double)world->now_us / 1e6, node,
         t[0] << 8 | t[1], t[2] << 8 | t[3], t[13] & 2 ? "S" : "", t[13] & 1 ? "F" : "", t[13] & 4 ? "R" : "",
         t[13] & 8 ? "P" : "", t[13] & 16 ? "." : "",
         (unsigned)t[4] << 24 | (unsigned)t[5] << 16 | (unsigned)t[6] << 8 | t[7],
         (unsigned)t[8] << 24 | (unsigned)t[9] << 16 | (unsigned)t[10] << 8 | t[11], whole - (unsigned)(t[12] >> 4) * 4,
         t[14] << 8 | t[15], what);
}

/** Flip one bit behind the Ethernet header; ARP has no checksum, so it is spared. */
static void damage_frame(uint8_t *f, size_t len)
{
  const bool ip4 = f[12] == 8 && f[13] == 0, ip6 = f[12] == 0x86 && f[13] == 0xdd;
  uint32_t bit;

  if (!ip4 && !ip6) {
    return;
  }
  bit = chance_below(&world->rng, (uint32_t)(len - 14) * 8);
  f[14 + bit / 8] ^= (uint8_t)(1u << bit % 8);
}

/** One copy for one receiver, over the sender's and the receiver's link. */
static void carry(int to, int to_iface, const uint8_t *frame, size_t len, uint64_t at_us, bool damaged)
{
  uint64_t when[2];
  bool damage[2];
  int i, n = link_carry(&world->down[to][to_iface], &world->rng, at_us, len, when, damage);

  world->lost += n == 0;
  for (i = 0; i < n; i++) {
    uint8_t copy[SIM_FRAME_MAX];

    memcpy(copy, frame, len);
    if (damaged || damage[i]) {
      damage_frame(copy, len);
    }
    event_push(when[i], EVENT_FRAME, to, to_iface, 0, copy, len);
  }
}

static void to_receivers(int from, int iface, const uint8_t *frame, size_t len, uint64_t at_us, bool damaged)
{
  int to, i;

  for (to = 0; to < world->n_nodes; to++) {
    for (i = 0; i < SIM_IFACES_MAX; i++) {
      const struct sim_iface *s = &world->config[to].iface[i];

      if (!s->used || (to == from && i == iface) || world->segment[to][i] != world->segment[from][iface]) {
        continue;
      }
      if ((frame[0] & 1) || memcmp(frame, s->mac, 6) == 0) {
        carry(to, i, frame, len, at_us, damaged);
      }
    }
  }
}

static void host_transmit(int node, int iface, const uint8_t *frame, size_t len)
{
  struct link *l = &world->up[node][iface];
  uint64_t when[2];
  bool damage[2];
  int i, n;

  world->frames++;
  hash_in(&world->now_us, sizeof(world->now_us));
  hash_in(frame, len);
  n = link_carry(l, &world->rng, world->now_us, len, when, damage);
  n = world->frames == world->lose_frame ? 0 : n;
  world->lost += n == 0;
  if (world->verbose) {
    print_frame(node, frame, len, n == 0 ? " LOST" : n == 2 ? " TWICE" : damage[0] ? " DAMAGED" : "");
  }
  for (i = 0; i < n; i++) {
    to_receivers(node, iface, frame, len, when[i], damage[i]);
  }
  if (world->config[node].hold_tx) {
    event_push(link_sent_us(l, world->now_us), EVENT_SENT, node, iface, 0, NULL, 0);
  }
}

static const struct sim_host host = { host_now_ms, host_transmit, host_fail, host_trace };

/* ------------------------------------------------------------------ running */

/** A private copy of the file at @p path.  @return what to load, or NULL */
static const char *private_copy(const char *path, int *fd)
{
  static char name[32];
  struct stat st;
  int from = open(path, O_RDONLY);
  bool good = false;

  *fd = memfd_create("sim-node", 0);
  if (from >= 0 && *fd >= 0 && fstat(from, &st) == 0) {
    good = sendfile(*fd, from, NULL, (size_t)st.st_size) == st.st_size;
  }
  close(from);
  snprintf(name, sizeof(name), "/proc/self/fd/%d", *fd);
  return good ? name : NULL;
}

bool world_load(const char *path, const struct sim_node_api **api)
{
  int fd;
  const char *copy = private_copy(path, &fd);
  void *so = copy != NULL ? dlopen(copy, RTLD_NOW | RTLD_LOCAL) : NULL;
  sim_node_entry_fn entry;

  if (so == NULL) {
    fprintf(stderr, "%s: %s\n", path, copy != NULL ? dlerror() : "cannot be copied");
    return false;
  }
  *(void **)&entry = dlsym(so, "sim_node_entry");
  if (entry == NULL) {
    fprintf(stderr, "%s: no sim_node_entry\n", path);
    return false;
  }
  *api = entry();
  return true; /* the descriptor stays open: loaders know a file by its name */
}

/** A node has run: remember when it wants to run again. */
static void note_deadline(int node)
{
  uint32_t ms = world->node[node]->sleeptime();

  if (ms == UINT32_MAX) {
    deadline_us[node] = UINT64_MAX;
  } else {
    deadline_us[node] = (world->now_us / 1000 + ms) * 1000;
  }
}

static int next_node(void)
{
  int i, best = -1;

  for (i = 0; i < world->n_nodes; i++) {
    if (deadline_us[i] != UINT64_MAX && (best < 0 || deadline_us[i] < deadline_us[best])) {
      best = i;
    }
  }
  return best;
}

/** The server's address as @p node sees it: the interface on a segment of its own, or any behind the router. */
static uint32_t address_of(int node)
{
  return world->config[node].iface[0].ip;
}

static void start_connection(uint32_t id)
{
  struct sim_conn *c = &world->conns[id];

  world->node[c->client]->connect(c, address_of(c->server), SIM_PORT);
  if (c->side[0].failed && !c->side[0].opened && c->side[0].attempts < 15) {
    event_push(world->now_us + 5000000, EVENT_CONNECT, c->client, 0, id, NULL, 0);
  }
}

static void send_datagram(uint32_t tag)
{
  int from = (int)chance_below(&world->rng, (uint32_t)world->n_nodes);
  int to = (int)chance_below(&world->rng, (uint32_t)world->n_nodes);
  size_t len = 4 + chance_below(&world->rng, chance_below(&world->rng, 3) ? 1400 : 9000);

  if (from != to) {
    world->node[from]->udp_send(address_of(to), 6000, tag, len);
    note_deadline(from);
  }
}

/** An endpoint's moment has come, if it is not over already. */
static void stop_or_cut(enum event_kind kind, uint32_t arg)
{
  struct sim_conn *c = &world->conns[arg / 2];
  int role = (int)(arg % 2);
  const struct sim_side *s = &c->side[role];
  const struct sim_node_api *node = world->node[role ? c->server : c->client];

  if (s->closed || s->failed) {
    return;
  }
  if (kind == EVENT_STOP) {
    node->stop(c, role);
  } else {
    node->cut(c, role);
  }
}

static void take_event(void)
{
  struct event e = event_pop();

  if (e.at_us > world->now_us) {
    world->now_us = e.at_us;
  }
  switch (e.kind) {
    case EVENT_FRAME:
      world->node[e.node]->input(e.iface, e.frame, e.len);
      break;
    case EVENT_SENT:
      world->node[e.node]->sent_frame(e.iface);
      break;
    case EVENT_CONNECT:
      start_connection(e.arg);
      break;
    case EVENT_DATAGRAM:
      send_datagram(e.arg);
      break;
    case EVENT_STOP:
    case EVENT_CUT:
      stop_or_cut(e.kind, e.arg);
      break;
  }
  free(e.frame);
  note_deadline(e.node);
}

static void take_deadline(int node)
{
  uint32_t again;

  if (deadline_us[node] > world->now_us) {
    world->now_us = deadline_us[node];
  }
  again = world->node[node]->run();
  if (again == 0) {
    /* A timer armed while ringing waits for the next call (timer.h): but not for ever. */
    world->now_us += 1;
  }
  note_deadline(node);
}

static bool conn_over(const struct sim_conn *c)
{
  bool client = c->side[0].closed || (c->side[0].failed && (c->side[0].opened || c->side[0].attempts >= 15));
  bool never = !c->side[1].opened && (c->end == SIM_END_ABORT || c->end == SIM_END_CUT || c->side[0].failed);
  bool server = c->side[1].closed || c->side[1].failed || never;

  return client && server;
}

static bool all_over(void)
{
  int i;

  for (i = 0; i < world->n_conns; i++) {
    if (!conn_over(&world->conns[i])) {
      return false;
    }
  }
  return true;
}

/** Has an open connection with octets under way stood still for too long? */
static void check_stall(const struct sim_conn *c, int role)
{
  uint32_t got = c->side[role].got;

  if (!c->side[0].opened || !c->side[1].opened || got == c->bytes[!role] || got != progress[c->id][role].got) {
    progress[c->id][role].at_us = world->now_us;
    progress[c->id][role].got = got;
  } else if (world->now_us - progress[c->id][role].at_us > world->stall_us) {
    world_fail("connection %u stands still for %.3f s at %.3f s: %s has got %u of %u", (unsigned)c->id,
               (double)(world->now_us - progress[c->id][role].at_us) / 1e6, (double)world->now_us / 1e6,
               role ? "server" : "client", (unsigned)got, (unsigned)c->bytes[!role]);
  }
}

static void check_stalls(void)
{
  int i;

  for (i = 0; i < world->n_conns && world->stall_us != 0; i++) {
    check_stall(&world->conns[i], 0);
    check_stall(&world->conns[i], 1);
  }
}

/** One step.  @return false: nothing will ever happen again */
static bool step(uint64_t until_us)
{
  int node = next_node(), i;
  uint64_t timer = node >= 0 ? deadline_us[node] : UINT64_MAX;
  uint64_t frame = event_any() ? event_next_us() : UINT64_MAX;

  if (timer == UINT64_MAX && frame == UINT64_MAX) {
    return false;
  }
  if (timer > until_us && frame > until_us) {
    return false;
  }
  if (frame <= timer) {
    take_event();
  } else {
    take_deadline(node);
  }
  for (i = 0; i < world->n_nodes; i++) {
    world->node[i]->check();
  }
  check_stalls();
  return true;
}

/** Steps that do not move the clock are counted: an endless loop is a failure, not a hang. */
static void run_until(uint64_t until_us, bool (*done)(void))
{
  uint64_t at = world->now_us / 1000;
  unsigned long stuck = 0;

  while (world->failure[0] == '\0' && (done == NULL || !done())) {
    if (!step(until_us)) {
      break;
    }
    stuck = world->now_us / 1000 == at ? stuck + 1 : 0;
    at = world->now_us / 1000;
    if (stuck > STUCK_EVENTS) {
      world_fail("%u events within a millisecond at %.3f s", STUCK_EVENTS, (double)world->now_us / 1e6);
    }
  }
}

/**
 * Without memory for its pcb a server may refuse a connection, as long as the program never saw it.  When memory stays
 * short (one in k fails), closed connections that still wait for their last ACK make room for new ones, as in lwIP.
 */
static bool memory_excuses(const struct sim_conn *c)
{
  return world->fail_every > 0 || (world->fail_countdown >= 0 && c->side[0].failed && !c->side[1].opened);
}

static void check_conn(const struct sim_conn *c)
{
  int role;

  if (!conn_over(c)) {
    world_fail("connection %u is not over after %.0f s: client got %u of %u, server got %u of %u", (unsigned)c->id,
               (double)world->now_us / 1e6, (unsigned)c->side[0].got, (unsigned)c->bytes[1], (unsigned)c->side[1].got,
               (unsigned)c->bytes[0]);
    return;
  }
  if (c->end == SIM_END_ABORT || c->end == SIM_END_CUT || memory_excuses(c)) {
    return;
  }
  for (role = 0; role < 2; role++) {
    const struct sim_side *s = &c->side[role];

    if (s->failed || s->got != c->bytes[!role]) {
      world_fail("connection %u %s: got %u of %u, error %d", (unsigned)c->id, role ? "server" : "client",
                 (unsigned)s->got, (unsigned)c->bytes[!role], s->err);
    }
  }
}

static void check_memory(int node)
{
  struct sim_usage u;
  int i;

  world->node[node]->usage(&u);
  if (u.heap > at_boot[node].heap) {
    world_fail("node %d leaks heap: %u octets after boot, %u at the end", node, (unsigned)at_boot[node].heap,
               (unsigned)u.heap);
  }
  if (u.held_frames != 0) {
    world_fail("node %d: its driver still holds %u frames", node, (unsigned)u.held_frames);
  }
  for (i = 0; i < 64; i++) {
    if (u.pool[i] > at_boot[node].pool[i]) {
      const char *name = world->node[node]->pool_name(i);

      world_fail("node %d leaks from pool %s: %u after boot, %u at the end", node, name != NULL ? name : "?",
                 (unsigned)at_boot[node].pool[i], (unsigned)u.pool[i]);
    }
  }
}

static void push_conn(const struct sim_conn *c)
{
  int role;

  event_push((uint64_t)c->start_ms * 1000, EVENT_CONNECT, c->client, 0, c->id, NULL, 0);
  for (role = 0; role < 2; role++) {
    int node = role ? c->server : c->client;

    if (c->stop_ms[role] != 0) {
      event_push((uint64_t)(c->start_ms + c->stop_ms[role]) * 1000, EVENT_STOP, node, 0, 2 * c->id + (uint32_t)role,
                 NULL, 0);
    }
    if (c->cut_ms != 0 && c->ender == role) {
      event_push((uint64_t)(c->start_ms + c->cut_ms) * 1000, EVENT_CUT, node, 0, 2 * c->id + (uint32_t)role, NULL, 0);
    }
  }
}

static void boot(void)
{
  int i;

  for (i = 0; i < world->n_nodes; i++) {
    world->node[i]->boot(&host, &world->config[i], world->conns, world->n_conns);
    world->node[i]->usage(&at_boot[i]);
    world->node[i]->listen(SIM_PORT);
    note_deadline(i);
  }
  for (i = 0; i < world->n_nodes && i < 2; i++) {
    world->node[i]->fail_allocation(world->fail_countdown, world->fail_every);
  }
  for (i = 0; i < world->n_conns; i++) {
    push_conn(&world->conns[i]);
  }
  for (i = 0; i < (int)world->datagrams; i++) {
    event_push(chance_below(&world->rng, 20000000), EVENT_DATAGRAM, 0, 0, (uint32_t)i * 2654435761u, NULL, 0);
  }
}

bool world_run(struct world *w)
{
  int i;

  world = w;
  world->hash = 0xCBF29CE484222325u;
  world->now_us = 1000;
  boot();
  run_until(w->limit_us, all_over);
  for (i = 0; i < w->n_conns && w->failure[0] == '\0'; i++) {
    check_conn(&w->conns[i]);
  }
  for (i = 0; i < w->n_nodes; i++) {
    w->node[i]->fail_allocation(-1, 0);
    w->node[i]->shut_listeners();
    note_deadline(i);
  }
  run_until(w->now_us + (uint64_t)QUIET_MS * 1000, NULL);
  for (i = 0; i < w->n_nodes && w->failure[0] == '\0'; i++) {
    check_memory(i);
  }
  for (i = 0; i < w->n_nodes && w->verbose; i++) {
    w->node[i]->print_drops();
  }
  return w->failure[0] == '\0';
}
