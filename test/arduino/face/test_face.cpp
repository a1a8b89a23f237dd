/* LwIPClient, LwIPServer, LwIPUDP and LwIPEthernet, talking to themselves over the loopback interface; the clock goes on by
   itself, a millisecond at each yield(). */
#include <LwIPEthernet.h>

#include <check.h>
#include <signal.h>
#include <stdio.h>

#include "lwip/inet_chksum.h"
#include "lwip/memp.h"
#include "lwip/stats.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include "lwip/x_entropy.h"

extern "C" {
#include "stack/mem/pbuf_ctrl.h"
}

static unsigned long now_ms;
static bool link_is_up;
static bool driver_works;

extern "C" {
unsigned long millis(void)
{
  return now_ms;
}
unsigned long micros(void)
{
  return now_ms * 1000;
}
/* What the sketch does while something waits. */
static void (*meanwhile)();

void yield(void)
{
  void (*now)() = meanwhile;

  now_ms++;
  if (now != nullptr) {
    meanwhile = nullptr; /* not inside itself */
    now();
    meanwhile = now;
  }
}
void lwip_x_entropy(void *buf, size_t len)
{
  memset(buf, 0x5A, len);
}
}

/* ---- a driver whose network is empty ---- */

static uint8_t last_sent[64]; /* of it the beginning of an IP packet */

static err_t send_nowhere(struct netif *, struct pbuf *)
{
  return ERR_OK;
}

static err_t resolve_nowhere(struct netif *, struct pbuf *p, const ip4_addr_t *)
{
  pbuf_copy_partial(p, last_sent, sizeof last_sent, 0);
  return ERR_OK;
}

static err_t driver_init(struct netif *nif)
{
  nif->mtu = 1500;
  nif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP;
  nif->output = resolve_nowhere;
  nif->linkoutput = send_nowhere;
  if (nif->hwaddr_len == 0) {
    memcpy(nif->hwaddr, "\x02\0\0\0\0\x01", 6);
    nif->hwaddr_len = 6;
  }
  return driver_works ? ERR_OK : ERR_IF;
}

static void driver_poll(struct netif *nif)
{
  if (link_is_up && !netif_is_link_up(nif)) {
    netif_set_link_up(nif);
  } else if (!link_is_up && netif_is_link_up(nif)) {
    netif_set_link_down(nif);
  }
}

static const uint8_t MAC_ADDRESS[6] = { 0x02, 1, 2, 3, 4, 5 };
static const IPAddress ADDRESS(192, 168, 7, 2), SELF(127, 0, 0, 1), NOBODY(192, 168, 7, 99);

static void begin()
{
  link_is_up = driver_works = true;
  LwIPEthernet.setDriver({ driver_init, driver_poll, nullptr });
  ck_assert(LwIPEthernet.begin(MAC_ADDRESS, ADDRESS));
}

static unsigned pool_used(memp_t pool)
{
  return lwip_stats.memp[pool]->used;
}

/* Turn loop() until TIME-WAIT and everything else is over; then nothing may be held. */
static void nothing_left()
{
  for (int i = 0; i < 300; i++) {
    now_ms += 1000;
    LwIPEthernet.loop();
  }
  ck_assert_uint_eq(pool_used(MEMP_TCP_PCB), 0);
  ck_assert_uint_eq(pool_used(MEMP_PBUF_POOL), 0);
  ck_assert_uint_eq(pool_used(MEMP_TCP_SEG), 0);
  pbuf_ctrl_forget(); /* the one TCP keeps for the next ACK */
  ck_assert_uint_eq(lwip_stats.mem.used, 0);
}

static void turn(int times)
{
  while (times-- > 0) {
    LwIPEthernet.loop();
  }
}

/* A client and the server's end of it. */
struct Pair {
  LwIPServer server{ 80 };
  LwIPClient ours, theirs;
  Pair()
  {
    server.begin();
    ck_assert(server);
    ck_assert_int_eq(ours.connect(SELF, 80), 1);
    theirs = server.accept();
    ck_assert(theirs);
  }
};

/* ---- the interface ---- */

START_TEST(begin_needs_a_driver)
{
  driver_works = false;
  ck_assert(!LwIPEthernet.begin());
  ck_assert(LwIPEthernet.linkStatus() == LwIPLink::Unknown);
  LwIPEthernet.setDriver({ driver_init, driver_poll, nullptr });
  ck_assert(!LwIPEthernet.begin());
  driver_works = true;
  ck_assert(LwIPEthernet.begin());
  ck_assert(!LwIPEthernet.begin());
}
END_TEST

START_TEST(begin_does_not_wait)
{
  begin();
  LwIPEthernet.end();
  ck_assert(LwIPEthernet.begin());
  ck_assert_uint_eq(now_ms, 0);
  ck_assert(LwIPEthernet.localIP() == IPAddress(0, 0, 0, 0));
  ck_assert(!LwIPEthernet.waitForLocalIP(100));
  ck_assert_uint_ge(now_ms, 100);
  ck_assert_uint_le(now_ms, 102);
}
END_TEST

START_TEST(a_fixed_address)
{
  uint8_t mac[6];

  begin();
  LwIPEthernet.macAddress(mac);
  ck_assert_mem_eq(mac, MAC_ADDRESS, 6);
  ck_assert(LwIPEthernet.localIP() == ADDRESS);
  ck_assert(LwIPEthernet.subnetMask() == IPAddress(255, 255, 255, 0));
  ck_assert(LwIPEthernet.gatewayIP() == IPAddress(192, 168, 7, 1));
  ck_assert(LwIPEthernet.dnsServerIP() == IPAddress(192, 168, 7, 1));
}
END_TEST

static int links_up, links_down, addresses;

START_TEST(listeners)
{
  LwIPEthernet.onLink([](bool up) { up ? links_up++ : links_down++; });
  LwIPEthernet.onAddress([](IPAddress) { addresses++; });
  begin();
  turn(2);
  ck_assert_int_eq(links_up, 1);
  link_is_up = false;
  turn(2);
  ck_assert(LwIPEthernet.linkStatus() == LwIPLink::Down);
  link_is_up = true;
  ck_assert(LwIPEthernet.waitForLink(10));
  ck_assert_int_eq(links_up, 2);
  ck_assert_int_eq(links_down, 1);
  LwIPEthernet.end();
  turn(2);
}
END_TEST

START_TEST(names)
{
  IPAddress ip;

  begin();
  ck_assert(LwIPEthernet.hostByName("10.1.2.3", ip));
  ck_assert(ip == IPAddress(10, 1, 2, 3));
  ck_assert(!LwIPEthernet.hostByName("nobody.example", ip, 50));
  ck_assert_uint_le(now_ms, 60);
  ck_assert(LwIPEthernet.hostByName("10.1.2.4", ip));
  ck_assert(ip == IPAddress(10, 1, 2, 4));
}
END_TEST

/* ---- connections ---- */

START_TEST(a_word_each_way)
{
  begin();
  {
    Pair p;
    uint8_t buffer[16];

    ck_assert_uint_eq(p.ours.print("hello"), 5);
    while (p.theirs.available() < 5) {}
    ck_assert_int_eq(p.theirs.peek(), 'h');
    ck_assert_int_eq(p.theirs.read(), 'h');
    ck_assert_int_eq(p.theirs.read(buffer, sizeof buffer), 4);
    ck_assert_mem_eq(buffer, "ello", 4);
    ck_assert_int_eq(p.theirs.read(buffer, sizeof buffer), 0);
    ck_assert_int_eq(p.theirs.read(), -1);
    ck_assert(p.theirs.remoteIP() == SELF);
    ck_assert_uint_eq(p.theirs.remotePort(), p.ours.localPort());
    ck_assert_uint_eq(p.ours.remotePort(), 80);
    p.theirs.print("bye");
    p.theirs.stop();
    ck_assert(!p.theirs);
    turn(5);
    ck_assert(p.ours.connected());
    ck_assert_int_eq(p.ours.read(buffer, sizeof buffer), 3);
    ck_assert(!p.ours.connected());
    ck_assert_int_eq(p.ours.read(buffer, sizeof buffer), -1);
  }
  nothing_left();
}
END_TEST

START_TEST(refused_and_unanswered)
{
  begin();
  LwIPClient c;
  unsigned long begun;

  ck_assert_int_eq(c.connect(SELF, 81), 0);
  ck_assert(!c);
  begun = now_ms;
  c.setConnectionTimeout(200);
  ck_assert_int_eq(c.connect(NOBODY, 80), 0);
  ck_assert_uint_ge(now_ms - begun, 200);
  ck_assert_uint_le(now_ms - begun, 210);
  nothing_left();
}
END_TEST

/* A SYN for port 80 from 192.168.7.1. */
static void syn_arrives()
{
  uint8_t syn[40] = { 0x45, 0, 0, 40, 0, 1,  0, 0, 64, 6, 0, 0, 192, 168, 7,    1, 192, 168,
                      7,    2, 9, 9,  0, 80, 0, 0, 0,  1, 0, 0, 0,   0,   0x50, 2, 16,  0 };
  uint8_t pseudo[32] = { 192, 168, 7, 1, 192, 168, 7, 2, 0, 6, 0, 20 };
  struct pbuf *p = pbuf_alloc(PBUF_LINK, sizeof syn, PBUF_POOL);
  struct netif *nif = netif_default;
  uint16_t sum = inet_chksum(syn, 20);

  memcpy(syn + 10, &sum, 2);
  memcpy(pseudo + 12, syn + 20, 20);
  sum = inet_chksum(pseudo, sizeof pseudo);
  memcpy(syn + 36, &sum, 2);
  pbuf_take(p, syn, sizeof syn);
  memset(last_sent, 0, sizeof last_sent);
  ck_assert_int_eq(ip_input(p, nif), ERR_OK);
}

/* A sketch without connections has no TCP in its image: it says so.  From the first use on ports without a server refuse. */
START_TEST(tcp_comes_with_its_first_use)
{
  begin();
  turn(2);
  syn_arrives();
  ck_assert_uint_eq(last_sent[9], 1);
  ck_assert_uint_eq(last_sent[20], 3);
  ck_assert_uint_eq(last_sent[21], 2); /* protocol unreachable */
  struct tcp_pcb *pcb = tcp_new();
  ck_assert_ptr_nonnull(pcb);
  syn_arrives();
  ck_assert_uint_eq(last_sent[9], 6);
  ck_assert_uint_eq(last_sent[33], 0x14); /* RST, ACK */
  tcp_abort(pcb);
  syn_arrives();
  ck_assert_uint_eq(last_sent[33], 0x14);
  nothing_left();
}
END_TEST

/* ---- what STM32Ethernet 1.x does, and must not end badly ---- */

static unsigned frees;

/* It calls pbuf_free() until that says the packet is gone: the first time, for nobody else holds it. */
static void free_in_a_loop(struct pbuf *p)
{
  do {
    frees++;
  } while (pbuf_free(p) == 0);
}

static void datagram_freed_in_a_loop(void *, struct udp_pcb *, struct pbuf *p, const ip_addr_t *, u16_t)
{
  free_in_a_loop(p);
}

static err_t text_freed_in_a_loop(void *, struct tcp_pcb *pcb, struct pbuf *p, err_t)
{
  if (p != nullptr) {
    tcp_recved(pcb, p->tot_len);
    free_in_a_loop(p);
  }
  return ERR_OK;
}

static err_t accept_and_free(void *, struct tcp_pcb *pcb, err_t)
{
  tcp_recv(pcb, text_freed_in_a_loop);
  return ERR_OK;
}

START_TEST(packets_freed_in_a_loop)
{
  begin();
  struct udp_pcb *listens = udp_new();
  LwIPUDP udp;

  ck_assert_int_eq(udp_bind(listens, IP_ADDR_ANY, 7000), ERR_OK);
  udp_recv(listens, datagram_freed_in_a_loop, nullptr);
  ck_assert(udp.begin(7001));
  for (int i = 0; i < 40; i++) { /* more than there are buffers */
    ck_assert_int_eq(udp.beginPacket(SELF, 7000), 1);
    udp.write("word");
    ck_assert_int_eq(udp.endPacket(), 1);
    turn(2);
  }
  ck_assert_uint_eq(frees, 40);
  udp_remove(listens);
  udp.stop();

  struct tcp_pcb *server = tcp_new();
  LwIPClient c;
  ck_assert_int_eq(tcp_bind(server, IP_ADDR_ANY, 80), ERR_OK);
  server = tcp_listen(server);
  tcp_accept(server, accept_and_free);
  ck_assert_int_eq(c.connect(SELF, 80), 1);
  for (int i = 0; i < 40; i++) {
    c.write("word", 4);
    c.flush();
    turn(4);
  }
  ck_assert_uint_ge(frees, 80);
  c.stop();
  tcp_close(server);
}
END_TEST

/* A reset leaves it without a pcb, and it asks all the same how much may be sent. */
START_TEST(calls_without_a_pcb)
{
  begin();
  ck_assert_uint_eq(tcp_sndbuf(static_cast<struct tcp_pcb *>(nullptr)), 0);
  ck_assert_int_ne(tcp_write(nullptr, "x", 1, TCP_WRITE_FLAG_COPY), ERR_OK);
  ck_assert_int_ne(tcp_output(nullptr), ERR_OK);
  ck_assert_int_ne(tcp_close(nullptr), ERR_OK);
  tcp_recved(nullptr, 1);
}
END_TEST

START_TEST(not_waiting)
{
  begin();
  LwIPServer server(80);
  LwIPClient c;

  server.begin();
  ck_assert(c.connectNoWait(SELF, 80));
  ck_assert(c.connecting());
  ck_assert(!c.connected());
  turn(5);
  ck_assert(!c.connecting());
  ck_assert(c.connected());
}
END_TEST

/* 100,000 octets through a window of four segments; the reader empties it whenever the writer waits. */
static LwIPClient *reader;
static size_t taken;
static bool wrong;

static void take_some()
{
  uint8_t buffer[700];
  int n = reader != nullptr ? reader->read(buffer, sizeof buffer) : 0;

  for (int i = 0; i < n; i++) {
    wrong |= buffer[i] != (uint8_t)((taken + (size_t)i) * 7 % 251);
  }
  taken += n > 0 ? (size_t)n : 0;
}

START_TEST(more_than_fits)
{
  static uint8_t data[100000];

  begin();
  {
    Pair p;

    for (size_t i = 0; i < sizeof data; i++) {
      data[i] = (uint8_t)(i * 7 % 251);
    }
    reader = &p.theirs;
    meanwhile = take_some; /* the reader's buffers and the writer's are of one heap */
    for (size_t at = 0; at < sizeof data; at += 1000) {
      ck_assert_uint_eq(p.ours.write(data + at, 1000), 1000);
      take_some();
      take_some();
    }
    meanwhile = nullptr;
    p.ours.closeOutput();
    while (p.theirs.connected()) {
      take_some();
    }
    ck_assert_uint_eq(taken, sizeof data);
    ck_assert(!wrong);
    ck_assert_uint_eq(p.theirs.print("late"), 4); /* our own direction is still open */
    turn(5);
    ck_assert_int_eq(p.ours.available(), 4);
  }
  nothing_left();
}
END_TEST

/* The heap in holes of less than a segment. */
START_TEST(more_than_fits_in_pieces)
{
  static uint8_t data[3000];
  static void *blocks[400];
  unsigned n = 0;

  begin();
  {
    Pair p;

    for (size_t i = 0; i < sizeof data; i++) {
      data[i] = (uint8_t)(i * 7 % 251);
    }
    while ((blocks[n] = mem_malloc((n & 1) != 0 ? 700 : 40)) != nullptr) {
      n++;
    }
    while ((blocks[n] = mem_malloc(4)) != nullptr) {
      n++;
    }
    for (unsigned i = 1; i < 10; i += 2) {
      mem_free(blocks[i]);
      blocks[i] = nullptr;
    }
    reader = &p.theirs;
    meanwhile = take_some;
    ck_assert_uint_eq(p.ours.write(data, sizeof data), sizeof data);
    for (int i = 0; i < 1000 && taken < sizeof data; i++) {
      yield();
      turn(1);
    }
    meanwhile = nullptr;
    ck_assert_uint_eq(taken, sizeof data);
    ck_assert(!wrong);
  }
  while (n > 0) {
    mem_free(blocks[--n]);
  }
  nothing_left();
}
END_TEST

START_TEST(a_reader_that_does_not_read)
{
  static uint8_t data[50000];

  begin();
  {
    Pair p;
    size_t written;

    p.ours.setConnectionTimeout(300);
    written = p.ours.write(data, sizeof data);
    ck_assert_uint_lt(written, sizeof data);
    ck_assert_uint_ge(written, TCP_MSS);
    ck_assert_int_ne(p.ours.getWriteError(), 0);
  }
  nothing_left();
}
END_TEST

/* Small segments must not hold a frame's buffer each. */
START_TEST(many_small_segments)
{
  begin();
  {
    Pair p;
    unsigned i;

    p.ours.setNoDelay(true);
    for (i = 0; i < 500; i++) {
      ck_assert_uint_eq(p.ours.write((uint8_t)i), 1);
      turn(3);
    }
    ck_assert_int_eq(p.theirs.available(), 500);
    ck_assert_uint_eq(pool_used(MEMP_PBUF_POOL), 0);
    ck_assert_uint_le(lwip_stats.mem.used, 1024);
    for (i = 0; i < 500; i++) {
      ck_assert_int_eq(p.theirs.read(), (uint8_t)i);
    }
  }
  nothing_left();
}
END_TEST

START_TEST(the_last_copy_closes)
{
  begin();
  {
    Pair p;
    {
      LwIPClient copy = p.theirs;
      ck_assert(copy == p.theirs);
      p.theirs = LwIPClient();
      turn(5);
      ck_assert(p.ours.connected());
      copy.print("x");
      turn(5);
      ck_assert_int_eq(p.ours.read(), 'x');
    }
    turn(5);
    ck_assert(!p.ours.connected());
  }
  nothing_left();
}
END_TEST

/* What was written before stop() arrives, and what nobody has read is given back. */
START_TEST(stopped_while_data_waits)
{
  begin();
  {
    Pair p;
    char word[8] = "";

    ck_assert_uint_eq(p.theirs.print("unread"), 6);
    turn(5);
    ck_assert_int_eq(p.ours.available(), 6);
    ck_assert_uint_eq(p.theirs.print("more"), 4);
    p.theirs.stop();
    ck_assert(!p.theirs);
    ck_assert_uint_eq(p.theirs.print("x"), 0);
    turn(5);
    ck_assert(p.ours.connected()); /* there is something to read */
    ck_assert_int_eq(p.ours.read((uint8_t *)word, 7), 7);
    ck_assert_str_eq(word, "unreadm");
    p.ours.stop(); /* "ore" is left */
    ck_assert_int_eq(p.ours.available(), 0);
  }
  nothing_left();
}
END_TEST

/* An answer to a request that was ended by half a close. */
START_TEST(half_closed)
{
  begin();
  {
    Pair p;

    p.ours.print("?");
    p.ours.closeOutput();
    turn(5);
    ck_assert_int_eq(p.theirs.read(), '?');
    ck_assert_int_eq(p.theirs.read(), -1);
    ck_assert_uint_eq(p.theirs.print("answer"), 6);
    turn(5);
    ck_assert_int_eq(p.ours.available(), 6);
    ck_assert_uint_eq(p.ours.print("x"), 0);
    p.theirs.stop();
    turn(5);
    ck_assert_int_eq(p.ours.read(), 'a');
    ck_assert(p.ours.connected());
    while (p.ours.read() >= 0) {}
    ck_assert(!p.ours.connected());
    ck_assert_int_eq(LwIPEthernet.maintain(), 0);
  }
  nothing_left();
}
END_TEST

START_TEST(an_abort_is_seen)
{
  begin();
  {
    Pair p;

    p.theirs.abort();
    turn(5);
    ck_assert(!p.ours.connected());
    ck_assert_uint_eq(p.ours.print("x"), 0);
    ck_assert_int_eq(p.ours.read(), -1);
  }
  nothing_left();
}
END_TEST

START_TEST(the_server_keeps_what_available_shows)
{
  begin();
  {
    LwIPServer server(23);
    LwIPClient a, b;

    server.begin();
    ck_assert_int_eq(a.connect(SELF, 23), 1);
    ck_assert_int_eq(b.connect(SELF, 23), 1);
    ck_assert(!server.available());
    a.print("1");
    b.print("2");
    turn(5);
    int first = server.available().read();
    int second = server.available().read();
    ck_assert_int_eq(first + second, '1' + '2');
    ck_assert(!server.available());
    ck_assert(a.connected() && b.connected());
    server.print("all");
    turn(5);
    ck_assert_int_eq(a.available(), 3);
    ck_assert_int_eq(b.available(), 3);
    a.print("3");
    turn(5);
    server.available().stop();
    turn(5);
    a.flush();
    while (a.read() >= 0) {}
    ck_assert(!a.connected());
    ck_assert(b.connected());
    server.end();
    turn(5);
    while (b.read() >= 0) {}
    ck_assert(!b.connected());
  }
  nothing_left();
}
END_TEST

START_TEST(more_connections_than_places)
{
  begin();
  {
    LwIPServer server(80);
    LwIPClient clients[2 * MEMP_NUM_TCP_PCB];
    int connected = 0;

    server.begin();
    for (LwIPClient &c : clients) {
      c.setConnectionTimeout(50);
      connected += c.connect(SELF, 80);
    }
    ck_assert_int_ge(connected, 2);
    ck_assert_int_le(connected, MEMP_NUM_TCP_PCB);
  }
  nothing_left();
}
END_TEST

/* ---- UDP ---- */

START_TEST(datagrams)
{
  begin();
  {
    LwIPUDP a, b;
    uint8_t buffer[1000];

    ck_assert_int_eq(a.begin(5000), 1);
    ck_assert_int_eq(b.begin(0), 1);
    ck_assert_int_ne(b.localPort(), 0);
    ck_assert_int_eq(b.begin(5000), 0); /* taken */
    ck_assert_int_eq(b.begin(5001), 1);
    ck_assert_int_eq(a.parsePacket(), 0);
    ck_assert_int_eq(b.beginPacket(SELF, 5000), 1);
    for (int i = 0; i < 900; i++) {
      ck_assert_uint_eq(b.write((uint8_t)i), 1);
    }
    ck_assert_int_eq(b.endPacket(), 1);
    ck_assert_int_eq(a.parsePacket(), 900);
    ck_assert(a.remoteIP() == SELF);
    ck_assert_uint_eq(a.remotePort(), 5001);
    ck_assert_int_eq(a.available(), 900);
    ck_assert_int_eq(a.peek(), 0);
    ck_assert_int_eq(a.read(), 0);
    ck_assert_int_eq(a.read(buffer, sizeof buffer), 899);
    ck_assert_int_eq(buffer[898], (uint8_t)899);
    ck_assert_int_eq(a.read(), -1);
    ck_assert_int_eq(b.endPacket(), 0); /* nothing begun */
  }
  nothing_left();
}
END_TEST

START_TEST(empty_and_too_many_datagrams)
{
  begin();
  {
    LwIPUDP a, b;
    ip_addr_t self;

    IP_ADDR4(&self, 127, 0, 0, 1);
    a.begin(5000);
    b.begin(5001);
    ck_assert(b.send(self, 5000, "", 0));
    for (int i = 0; i < LWIP_X_ARDUINO_UDP_QUEUE + 2; i++) {
      char c = (char)('a' + i);
      ck_assert(b.send(self, 5000, &c, 1));
      turn(2);
    }
    ck_assert_uint_eq(a.dropped(), 3);
    ck_assert_int_eq(a.nextPacket(), 0);
    ck_assert_int_eq(a.nextPacket(), 1);
    ck_assert_int_eq(a.nextPacket(), 1); /* what was not read is skipped */
    ck_assert_int_eq(a.read(), 'b');
    while (a.nextPacket() >= 0) {}
    ck_assert_int_eq(a.nextPacket(), -1);
    b.beginPacket(self, 5000);
    ck_assert(!b.send(self, 5000, "x", 65536));
  }
  nothing_left();
}
END_TEST

START_TEST(groups)
{
  begin();
  {
    LwIPUDP u;

    ck_assert_int_eq(u.beginMulticast(IPAddress(239, 1, 2, 3), 5000), 1);
    ck_assert(LwIPEthernet.leaveGroup(IPAddress(239, 1, 2, 3)));
    ck_assert(!LwIPEthernet.leaveGroup(IPAddress(239, 1, 2, 3)));
    ck_assert_int_eq(u.beginMulticast(IPAddress(10, 1, 2, 3), 5000), 0); /* no group */
  }
}
END_TEST

/* ---- IPv6 ---- */

static LwIPAddress address(const char *text)
{
  LwIPAddress a;

  ck_assert(a.fromString(text));
  return a;
}

class Text : public Print {
public:
  using Print::write;
  size_t write(uint8_t c) override
  {
    text[length++] = (char)c;
    return 1;
  }
  char text[64] = {};
  size_t length = 0;
};

START_TEST(addresses_of_both_kinds)
{
  LwIPAddress a, b = IPAddress(10, 1, 2, 3), c = address("2001:db8::5");
  char small[4], text[IPADDR_STRLEN_MAX];
  Text out;

  ck_assert(!a && a.isAny() && a.isV4());
  ck_assert(b && b.isV4() && !b.isV6() && b == address("10.1.2.3"));
  ck_assert(c && c.isV6() && c != b);
  ck_assert(!c.fromString("2001:db8:::5") && !c.fromString("300.1.1.1") && c == address("2001:db8::5"));
  ck_assert_ptr_null(c.toString(small, sizeof small));
  ck_assert_str_eq(c.toString(text, sizeof text), "2001:db8::5");
  ck_assert_uint_eq(out.print(b), 8);
  ck_assert_str_eq(out.text, "10.1.2.3");
}
END_TEST

START_TEST(own_addresses_of_ipv6)
{
  char text[IPADDR_STRLEN_MAX];

  ck_assert(!LwIPEthernet.addLocalIP6(address("2001:db8::7"))); /* not begun */
  begin();
  ck_assert(!LwIPEthernet.localIP6() && !LwIPEthernet.globalIP6()); /* being checked for duplicates */
  ck_assert(!LwIPEthernet.addLocalIP6(address("10.1.2.3")));
  ck_assert(LwIPEthernet.addLocalIP6(address("2001:db8::7")));
  ck_assert(LwIPEthernet.waitForGlobalIP6(10000));
  ck_assert(LwIPEthernet.globalIP6() == address("2001:db8::7"));
  turn(3000);
  ck_assert(LwIPEthernet.localIP6(0, text, sizeof text));
  ck_assert_int_eq(strncmp(text, "fe80::", 6), 0);
  ck_assert(!LwIPEthernet.localIP6(LWIP_IPV6_NUM_ADDRESSES));
}
END_TEST

START_TEST(a_word_over_ipv6)
{
  begin();
  {
    LwIPServer server(80);
    LwIPClient ours, theirs;

    server.begin();
    ck_assert_int_eq(ours.connect(address("::1"), 80), 1);
    theirs = server.accept();
    ck_assert(theirs);
    ours.print("hi");
    turn(5);
    ck_assert_int_eq(theirs.read(), 'h');
    ck_assert(theirs.remoteAddress() == address("::1") && theirs.localAddress() == address("::1"));
    ck_assert(theirs.remoteIP() == IPAddress(0, 0, 0, 0)); /* IPAddress cannot hold it */
    ours.stop();
    ck_assert(!ours.remoteAddress());
  }
  nothing_left();
}
END_TEST

/* IPv6 first; where it leads nowhere, IPv4 a moment later. */
START_TEST(names_over_both)
{
  begin();
  {
    LwIPServer server(80);
    LwIPClient c;
    unsigned long begun;

    server.begin();
    ck_assert_int_eq(c.connect("both", 80), 1);
    ck_assert(c.remoteAddress() == address("::1"));
    ck_assert(server.accept());
    ck_assert_int_eq(c.connect("both", 81), 0);
    ck_assert(!c);
    begun = now_ms;
    ck_assert_int_eq(c.connect("lame", 80), 1);
    ck_assert(c.remoteAddress() == IPAddress(127, 0, 0, 1));
    ck_assert_uint_le(now_ms - begun, 400);
    ck_assert(c.connected());
    c.setConnectionTimeout(200);
    begun = now_ms;
    ck_assert_int_eq(c.connect("dead", 80), 0);
    ck_assert_uint_ge(now_ms - begun, 200);
    ck_assert_uint_le(now_ms - begun, 210);
    ck_assert_int_eq(c.connect("::1", 80), 1);
  }
  nothing_left();
}
END_TEST

START_TEST(datagrams_over_ipv6)
{
  begin();
  {
    LwIPUDP a, b;

    ck_assert_int_eq(a.begin(5000), 1);
    ck_assert_int_eq(b.begin(5001), 1);
    ck_assert_int_eq(b.beginPacket(address("::1"), 5000), 1);
    b.print("six");
    ck_assert_int_eq(b.endPacket(), 1);
    ck_assert_int_eq(a.parsePacket(), 3);
    ck_assert(LwIPAddress(a.remoteAddress()) == address("::1"));
    ck_assert(a.remoteIP() == IPAddress(0, 0, 0, 0));
    ck_assert(b.send(address("::1"), 5000, "x", 1));
    ck_assert_int_eq(a.parsePacket(), 1);
    ck_assert_int_eq(b.beginMulticast(address("ff02::fb"), 5353), 1);
    ck_assert(LwIPEthernet.leaveGroup(address("ff02::fb")));
    ck_assert(!LwIPEthernet.leaveGroup(address("ff02::fb")));
    ck_assert_int_eq(b.beginMulticast(address("2001:db8::1"), 5353), 0); /* no group */
  }
}
END_TEST

/* An assertion that fails ends in a fault, unless the sketch has a function of its own for it. */
START_TEST(a_failed_assertion)
{
  LWIP_ASSERT("never", now_ms == 12345);
}
END_TEST

int main()
{
  const struct {
    const char *name;
    const TTest *test;
  } tests[] = {
    { "begin_needs_a_driver", begin_needs_a_driver },
    { "begin_does_not_wait", begin_does_not_wait },
    { "a_fixed_address", a_fixed_address },
    { "listeners", listeners },
    { "names", names },
    { "a_word_each_way", a_word_each_way },
    { "refused_and_unanswered", refused_and_unanswered },
    { "tcp_comes_with_its_first_use", tcp_comes_with_its_first_use },
    { "packets_freed_in_a_loop", packets_freed_in_a_loop },
    { "calls_without_a_pcb", calls_without_a_pcb },
    { "not_waiting", not_waiting },
    { "more_than_fits", more_than_fits },
    { "more_than_fits_in_pieces", more_than_fits_in_pieces },
    { "a_reader_that_does_not_read", a_reader_that_does_not_read },
    { "many_small_segments", many_small_segments },
    { "the_last_copy_closes", the_last_copy_closes },
    { "stopped_while_data_waits", stopped_while_data_waits },
    { "half_closed", half_closed },
    { "an_abort_is_seen", an_abort_is_seen },
    { "the_server_keeps_what_available_shows", the_server_keeps_what_available_shows },
    { "more_connections_than_places", more_connections_than_places },
    { "datagrams", datagrams },
    { "empty_and_too_many_datagrams", empty_and_too_many_datagrams },
    { "groups", groups },
    { "addresses_of_both_kinds", addresses_of_both_kinds },
    { "own_addresses_of_ipv6", own_addresses_of_ipv6 },
    { "a_word_over_ipv6", a_word_over_ipv6 },
    { "names_over_both", names_over_both },
    { "datagrams_over_ipv6", datagrams_over_ipv6 },
  };
  Suite *s = suite_create("face");

  for (const auto &t : tests) {
    TCase *c = tcase_create(t.name);
    tcase_add_test(c, t.test);
    suite_add_tcase(s, c);
  }
  TCase *fault = tcase_create("a_failed_assertion");
  tcase_add_test_raise_signal(fault, a_failed_assertion, SIGILL);
  suite_add_tcase(s, fault);
  SRunner *r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  int failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
