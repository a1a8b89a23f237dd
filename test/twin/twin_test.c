/** What the driver has to live through.  Each test is a function and runs in a process of its own: twin_test [--seed N] [--frames N] [NAME...] */
#include "bench.h"
#include "frames.h"
#include "lwip/etharp.h"
#include "lwip/igmp.h"
#include "lwip/stats.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t seed = 1;
static unsigned long frames = 3000;

static void put16(uint8_t *p, unsigned v)
{
  p[0] = (uint8_t)(v >> 8);
  p[1] = (uint8_t)v;
}

/** A frame that has been sent with the tag @p tci (negative: none).  @return without it, in @p bare */
static const uint8_t *without_tag(const uint8_t *octets, size_t *len, s32_t tci, uint8_t *bare)
{
  if (tci < 0) {
    return octets;
  }
  need(twin_is_tagged(octets), "sent without a tag");
  memcpy(bare, octets, *len);
  need(twin_tag_take(bare, *len) == tci, "sent with another tag");
  *len -= 4;
  return bare;
}

static void up(enum phy_kind kind, unsigned address)
{
  bench_boot(seed, kind, address, false);
  need(bench_wait_link(4000), "no link");
}

static void traffic(unsigned long n)
{
  const unsigned long given = bench.given, queued = bench.queued;
  unsigned long turns = 0;

  while (bench.given - given < n || bench.queued - queued < n) {
    bench_random();
    need(++turns < 200 * n + 20000, "traffic does not get on: %lu in, %lu out", bench.given - given,
         bench.queued - queued);
  }
}

/** Frames of all kinds, nothing lost, torn or leaked. */
static void test_traffic(void)
{
  up(PHY_LAN8742, 0);
  bench_hold = 3;
  traffic(frames);
  bench_drain();
  bench_no_leak();
  need(bench.taken == bench.given && bench.sent == bench.queued, "lost");
  need(stm32_eth_counters.rx_bad == bench.damaged, "%u bad frames counted, %lu came",
       (unsigned)stm32_eth_counters.rx_bad, bench.damaged);
  need(stm32_eth_counters.tx_copied > 0 && stm32_eth_counters.rx_bad > 0,
       "nothing was copied, or no damaged frame came");
  need(bench.checked > 0 || !LWIP_X_STM32_ETH_CHECKSUMS, "no frame was checked by the MAC");
  need(stm32_eth_counters.stalls == 0 && stm32_eth_counters.bus_errors == 0, "%u stalls, %u bus errors",
       (unsigned)stm32_eth_counters.stalls, (unsigned)stm32_eth_counters.bus_errors);
}

/** The same by polling alone. */
static void test_polling(void)
{
  up(PHY_DP83848, 1);
  twin.interrupts = false;
  bench_hold = 2;
  traffic(frames / 4);
  bench_drain();
  bench_no_leak();
}

/** Every PHY, alone at any address, agrees with every partner. */
static void test_phys(void)
{
  static const struct {
    uint16_t partner;
    bool partner_100;
    enum stm32_eth_mode mode;
  } cases[] = { { 0x01E1, false, STM32_ETH_100FD }, { 0x00E1, false, STM32_ETH_100HD },
                { 0x0061, false, STM32_ETH_10FD },  { 0x0021, false, STM32_ETH_10HD },
                { 0, true, STM32_ETH_100HD },       { 0, false, STM32_ETH_10HD } };
  const unsigned kind = (unsigned)(seed % PHY_KINDS), i = (unsigned)(seed / PHY_KINDS) % 6;
  const unsigned address = (unsigned)(seed * 7 % 32);

  bench_boot(seed, (enum phy_kind)kind, address, false);
  phy.partner = cases[i].partner;
  phy.partner_100 = cases[i].partner_100;
  need(bench_wait_link(3000), "PHY kind %u at address %u gives no link", kind, address);
  need(stm32_eth_link() == cases[i].mode, "mode %d instead of %d", (int)stm32_eth_link(), (int)cases[i].mode);
  traffic(60);
  bench_drain();
  bench_no_leak();
}

/** Clause 22 and nothing more (no extended status, no register of the maker's), and a negotiation that takes its time. */
static void test_slow_phy(void)
{
  static const struct {
    uint16_t partner;
    bool partner_100;
    enum stm32_eth_mode mode;
  } cases[] = { { 0x01E1, false, STM32_ETH_100FD },
                { 0, true, STM32_ETH_100HD }, /* parallel detection */
                { 0x0041, false, STM32_ETH_10FD },
                { 0, false, STM32_ETH_10HD } };
  unsigned i;

  bench_boot(seed, PHY_UNKNOWN_KIND, 31, false);
  phy_set_cable(false);
  phy.negotiation_ms = 4500;
  for (i = 0; i < 4; i++) {
    phy.partner = cases[i].partner;
    phy.partner_100 = cases[i].partner_100;
    phy_set_cable(true);
    bench_run_us(3000000);
    need(!netif_is_link_up(&bench_nif), "a link before the end of the negotiation");
    phy_set_cable(false); /* lost in the middle: all over again */
    bench_run_us(1000000);
    phy_set_cable(true);
    bench_run_us(4000000);
    need(!netif_is_link_up(&bench_nif), "a link before the end of the second negotiation");
    need(bench_wait_link(1500) && stm32_eth_link() == cases[i].mode, "partner %#x: mode %d instead of %d",
         cases[i].partner, (int)stm32_eth_link(), (int)cases[i].mode);
    traffic(60);
    bench_drain();
    bench_no_leak();
    phy_set_cable(false);
    bench_run_us(600000);
    need(!netif_is_link_up(&bench_nif), "a link without a cable");
  }
}

/** The stack keeps everything: the driver copies, then drops, never stops, and goes on when buffers come back. */
static void test_exhaustion(void)
{
  unsigned i, n;

  up(PHY_LAN8720, 1);
  for (n = 0; n < 20; n++) {
    bench_lossy = true;
    bench_hold = 32;
    for (i = 0; i < 200; i++) {
      (void)bench_receive_random();
      bench_run_us(150);
    }
    bench_drain();
    bench_hold = 0;
    bench_no_leak();
    bench_lossy = false;
    traffic(40);
    bench_drain();
  }
  need(stm32_eth_counters.rx_copied > 0, "nothing was copied");
  need(stm32_eth_counters.stalls == 0, "stalled");
}

/** A storm: more frames than the driver can take; the MAC loses some, the rest is whole and in order. */
static void test_storm(void)
{
  struct twin_frame f;
  unsigned i, k;

  up(PHY_KSZ8081, 3);
  bench_lossy = true;
  for (i = 0; i < 200; i++) {
    for (k = 0; k < 20; k++) {
      if (!bench_receive_random()) {
        mac_missed();
      }
      twin_pass_us(twin_chance(60));
    }
    bench_make_frame(&f);
    bench_run_us(twin_chance(1000));
  }
  bench_drain();
  bench_no_leak();
  bench_lossy = false;
  bench_run_us(400000);
  need(stm32_eth_counters.rx_missed > 0, "missed frames are not counted");
  traffic(100);
  bench_drain();
}

/** The cable goes and comes, also while frames are under way. */
static void test_flaps(void)
{
  unsigned i;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 12; i++) {
    bench_lossy = false;
    traffic(50);
    bench_lossy = true;
    traffic(5);
    phy_set_cable(false);
    if (i % 3 == 0) {
      bench_run_us(3000); /* too short to be seen as such, but latched */
    } else {
      bench_run_us(600000);
      need(!netif_is_link_up(&bench_nif), "the link is still up");
      need(bench_send_random() == ERR_IF, "something is sent without a link");
      bench_no_leak();
    }
    phy.partner = i % 2 == 0 ? 0x0061 : 0x01E1;
    phy_set_cable(true);
    bench_run_us(300000);
    need(bench_wait_link(2000), "the link does not come back");
    bench_drain();
    bench_run_us(300000);
    need(bench_wait_link(2000), "the link does not stay");
    need(stm32_eth_link() == (phy.partner == 0x0061 ? STM32_ETH_10FD : STM32_ETH_100FD), "mode after a flap");
    bench_drain();
  }
  bench_lossy = false;
  bench_no_leak();
}

/** The DMA meets memory it does not reach: counted, everything starts again. */
static void test_bus_errors(void)
{
  unsigned i;

  up(PHY_LAN8742, 0);
  for (i = 1; i <= 8; i++) {
    bench_lossy = false;
    traffic(50);
    bench_lossy = true;
    traffic(3);
    twin_break_bus();
    (void)bench_send_random();
    bench_receive_random();
    bench_run_us(100000);
    need(stm32_eth_counters.bus_errors == i, "bus error %u is not noticed", i);
    need(netif_is_link_up(&bench_nif), "the link is not kept");
    bench_drain();
  }
  bench_lossy = false;
  traffic(50);
  bench_drain();
  bench_no_leak();
}

/** A lost kick is made good; a DMA that does not move at all is reset. */
static void test_stalls(void)
{
  unsigned long resets;
  unsigned i, k;

  up(PHY_RTL8201, 1);
  for (i = 0; i < 20; i++) {
    traffic(20);
    bench_drain();
    twin.rx_lose_kick = true;
    while (twin.rx_lose_kick) {
      (void)bench_receive_random();
      bench_run_us(100);
    }
    for (k = 0; k < 8; k++) {
      (void)bench_receive_random();
      bench_run_us(1000);
    }
    bench_run_us(10000);
    need(bench_waiting() == 0, "a lost kick is not made good at once");
  }
  bench_drain();
  bench_lossy = true;
  for (i = 0; i < 4; i++) {
    resets = twin.resets;
    twin.rx_dead = true;
    while (twin.resets == resets) {
      (void)bench_receive_random();
      bench_run_us(500);
      need(twin.now_ns < 60000000000ull, "a dead receiver is not noticed");
    }
    twin.rx_dead = false;
    bench_drain();
    traffic(20);
    resets = twin.resets;
    twin.tx_dead = true;
    while (twin.resets == resets) {
      (void)bench_send_random();
      bench_run_us(20000);
      need(twin.now_ns < 60000000000ull, "a dead transmitter is not noticed");
    }
    twin.tx_dead = false;
    bench_drain();
  }
  bench_lossy = false;
  need(stm32_eth_counters.stalls >= 8, "stalls are not counted");
  traffic(100);
  bench_drain();
  bench_no_leak();
}

/** Frames wait in the MAC, the DMA sleeps and nothing will wake it but the watch at its next look, long before a reset. */
static void test_kicks(void)
{
  unsigned i, k;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 10; i++) {
    traffic(20);
    bench_drain();
    twin.rx_deaf = true;
    for (k = 0; k < 12; k++) { /* more than there are descriptors */
      (void)bench_receive_random();
      twin_pass_us(300);
    }
    bench_run_us(1000);
    twin.rx_deaf = false;
    need(bench_waiting() > 0, "the receiver does not sleep");
    bench_run_us(2 * LWIP_X_STM32_ETH_LINK_MS * 1000);
    need(bench_waiting() == 0, "the watch does not wake the receiver");
    twin.tx_deaf = true;
    (void)bench_send_random();
    bench_run_us(1000);
    twin.tx_deaf = false;
    bench_run_us(3 * LWIP_X_STM32_ETH_LINK_MS * 1000);
    need(bench_waiting() == 0, "the watch does not wake the transmitter");
  }
  need(stm32_eth_counters.stalls == 0, "a lost kick ends in a reset");
  bench_no_leak();
}

/** The PHY's own interrupt: the link is looked at now, or, while the MDIO has a question of before, right after the answer. */
static void test_phy_irq(void)
{
  unsigned i;
  int speed;
  bool full;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 12; i++) {
    if (i % 2 == 0) {
      bench_run_us(250000 + twin_chance(200000));
    } else {
      while (!twin_mdio_busy()) {
        bench_run_us(10);
      }
    }
    phy_set_cable(false);
    stm32_eth_phy_irq();
    bench_run_us(10000);
    need(!netif_is_link_up(&bench_nif), "turn %u: the end of the link is not seen at once", i);
    phy_set_cable(true);
    while (!phy_link(&speed, &full)) {
      bench_run_us(100);
    }
    while (i % 2 != 0 && !twin_mdio_busy() && !netif_is_link_up(&bench_nif)) {
      bench_run_us(10);
    }
    stm32_eth_phy_irq();
    bench_run_us(20000);
    need(netif_is_link_up(&bench_nif), "turn %u: the link is not seen at once", i);
  }
  bench_no_leak();
}

/** No clock, no PHY, no MDIO, no cable: init returns at once, and everything comes when it comes. */
static void test_late(void)
{
  bench_boot(seed, PHY_DP83848, 5, false);
  twin.clock_stopped = true;
  phy.ready_ns = 4000000000ull;
  bench_run_us(2000000);
  need(stm32_eth_counters.no_clock > 0 && !netif_is_link_up(&bench_nif), "no clock is not noticed");
  twin.clock_stopped = false;
  bench_run_us(1500000);
  need(stm32_eth_counters.no_phy > 0, "no PHY is not noticed");
  phy.cable = false;
  bench_run_us(3000000);
  need(stm32_eth_phy_id() == 0x20005C90, "the PHY is not found");
  need(!netif_is_link_up(&bench_nif), "up without a cable");
  phy_set_cable(true);
  need(bench_wait_link(1000), "no link");
  traffic(20);
  bench_drain();
  twin.mdio_dead = true;
  bench_run_us(1000000);
  need(stm32_eth_counters.mdio_errors > 0 && netif_is_link_up(&bench_nif),
       "a dead MDIO is not noticed, or takes the link down");
  twin.mdio_dead = false;
  phy.ready_ns = twin.now_ns + 1500000000ull; /* power cycle of the PHY */
  bench_lossy = true;
  bench_run_us(1000000);
  need(!netif_is_link_up(&bench_nif), "a PHY that is gone is not noticed");
  bench_lossy = false;
  need(bench_wait_link(4000), "no link after the PHY came back");
  traffic(20);
  bench_drain();
  bench_no_leak();
}

/** A fixed link without a PHY, and a PHY that is told what to do. */
static void test_fixed(void)
{
  bench_boot(seed, PHY_UNKNOWN_KIND, 1, false);
  stm32_eth_deinit(&bench_nif);
  netif_remove(&bench_nif);
  bench_config.mode = STM32_ETH_10FD;
  need(netif_add(&bench_nif, NULL, NULL, NULL, &bench_config, stm32_eth_init, bench_nif.input) != NULL,
       "no second start");
  netif_set_up(&bench_nif);
  need(bench_wait_link(2000) && stm32_eth_link() == STM32_ETH_10FD, "forced mode");
  traffic(50);
  bench_drain();
  stm32_eth_deinit(&bench_nif);
  netif_remove(&bench_nif);
  bench_no_leak();
  bench_config.phy = STM32_ETH_PHY_NONE;
  need(netif_add(&bench_nif, NULL, NULL, NULL, &bench_config, stm32_eth_init, bench_nif.input) != NULL,
       "no third start");
  netif_set_up(&bench_nif);
  need(bench_wait_link(100), "no link without a PHY");
  bench_run_us(1000000);
  traffic(50);
  bench_drain();
  bench_no_leak();
}

/** The filter lets pass whom somebody wants, and by hash hardly anybody else. */
static void test_filter(void)
{
  static const uint8_t vectors[][7] = {
    { 0x1f, 0x52, 0x41, 0x9c, 0xb6, 0xaf, 0x2C }, { 0xa0, 0x0a, 0x98, 0x00, 0x00, 0x45, 0x07 },
    { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01, 0x20 }, { 0x01, 0x00, 0x5e, 0x00, 0x00, 0xfb, 0x30 },
    { 0x33, 0x33, 0x00, 0x00, 0x00, 0x01, 0x01 }, { 0x33, 0x33, 0xff, 0x00, 0x00, 0x01, 0x22 }
  };
  static uint8_t group[40][6];
  unsigned wanted[64] = { 0 }, i, k;
  uint8_t other[6] = { 0x02, 0x80, 0xE1, 0x10, 0x20, 0x31 };

  up(PHY_LAN8742, 0);
  for (i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
    need(twin_hash(vectors[i]) == vectors[i][6], "the twin's hash of vector %u", i);
  }
  need(twin_listens(bench_nif.hwaddr) && !twin_listens(other), "unicast");
  wanted[0x20] = 1; /* 224.0.0.1, joined by the stack */
  for (i = 0; i < 400; i++) {
    k = twin_chance(40);
    if (group[k][0] == 0) {
      group[k][0] = 0x01;
      group[k][4] = (uint8_t)twin_chance(256);
      group[k][5] = (uint8_t)twin_chance(256);
      stm32_eth_group(group[k], NETIF_ADD_MAC_FILTER);
      wanted[twin_hash(group[k])]++;
    } else {
      wanted[twin_hash(group[k])]--;
      stm32_eth_group(group[k], NETIF_DEL_MAC_FILTER);
      group[k][0] = 0;
    }
    other[0] = 0x01;
    other[5] = (uint8_t)i;
    need(twin_listens(other) == (wanted[twin_hash(other)] != 0), "group filter, turn %u", i);
    if (i == 200) {
      stm32_eth_promiscuous(true);
      need(twin_listens((const uint8_t *)"\x02\1\2\3\4\5"), "promiscuous");
      stm32_eth_promiscuous(false);
      need(!twin_listens((const uint8_t *)"\x02\1\2\3\4\5"), "no longer promiscuous");
    }
  }
}

#if LWIP_X_STM32_ETH_VLAN

/* ---- VLANs ---- */

static const int vlan_tags[] = { -1, 0, 7, 8, 0x007, 0xE007, 0x3FFF, 0xA123, 4095, 0x0107 };

/** One frame with each tag; those of @p vid, and those without a tag, are wanted; with @p vid 0 all are. */
static void vlan_frames(unsigned vid)
{
  static struct twin_frame f;
  unsigned i;

  for (i = 0; i < sizeof vlan_tags / sizeof vlan_tags[0]; i++) {
    do {
      bench_make_frame(&f);
    } while (twin_is_tagged(f.octets) || f.len > 1500);
    if (vlan_tags[i] >= 0) {
      twin_tag_put(f.octets, f.len, (uint16_t)vlan_tags[i]);
      f.len = (uint16_t)(f.len + 4u);
    }
    bench_receive(&f, vid == 0 || vlan_tags[i] < 0 || ((unsigned)vlan_tags[i] & 0xFFF) == vid);
    bench_run_us(twin_chance(300));
  }
  bench_drain();
}

/** @p pieces pbufs with @p len octets together, and the tag @p tci that the MAC has to put on. */
static err_t send_tagged(unsigned pieces, u16_t len, s32_t tci)
{
  struct pbuf *p = pbuf_alloc(PBUF_RAW, (u16_t)(len - (pieces - 1)), PBUF_RAM);
  err_t err;

  memset(p->payload, 0, p->len);
  while (--pieces > 0) {
    struct pbuf *q = pbuf_alloc(PBUF_RAW, 1, PBUF_RAM);

    memset(q->payload, 0, 1);
    pbuf_cat(p, q);
  }
  p->x_tci = tci;
  err = bench_nif.linkoutput(&bench_nif, p);
  pbuf_free(p);
  bench_run_us(2000);
  return err;
}

/** A tag counts: for the length of the frame, and in the ring. */
static void test_tag_room(void)
{
  unsigned n;

  up(PHY_LAN8742, 0);
  if (!BENCH_TAGS) {
    need(!bench_nif.x_tags, "a MAC that cannot do it offers to put on tags");
    return;
  }
  need(bench_nif.x_tags, "nothing is offered to the stack");
  twin.sent = NULL;
  need(send_tagged(1, 1514, 7) == ERR_OK, "1514 octets and a tag");
  need(send_tagged(1, 1515, 7) == ERR_VAL, "1515 octets and a tag");
  need(send_tagged(LWIP_X_STM32_ETH_TX_DESCS - 2, 500, 7) == ERR_OK && stm32_eth_counters.tx_copied == 0,
       "a full ring");
  need(send_tagged(LWIP_X_STM32_ETH_TX_DESCS - 1, 500, 7) == ERR_OK && stm32_eth_counters.tx_copied == 1,
       "one piece more than the ring has room for besides the tag");
  need(stm32_eth_counters.tx_frames == 3, "%u frames are sent", (unsigned)stm32_eth_counters.tx_frames);
  twin.tx_dead = true;
  need(send_tagged(1, 100, -1) == ERR_OK && send_tagged(1, 100, -1) == ERR_OK, "frames that stay in front");
  for (n = 0; send_tagged(1, 100, 7) == ERR_OK; n++) {
    need(n < LWIP_X_STM32_ETH_TX_DESCS, "the ring takes more than it holds");
  }
  need(n == (LWIP_X_STM32_ETH_TX_DESCS - 1 - 2) / 2, "the ring takes %u frames with tags", n);
  twin.tx_dead = false;
  bench_run_us(2000);
  need(stm32_eth_counters.tx_frames == 5 + n, "%u frames are sent", (unsigned)stm32_eth_counters.tx_frames);
  bench_no_leak();
}

/** Frames of other VLANs do not come up, whatever their priority; not after a reset either; promiscuous, they do. */
static void test_vlan(void)
{
  unsigned i;

  up(PHY_LAN8742, 0);
  bench_hold = 2;
  need(stm32_eth_vlan(4095) == ERR_ARG, "VID 4095");
  for (i = 0; i < 5; i++) {
    vlan_frames(0);
    need(stm32_eth_vlan(7) == ERR_OK, "VID 7");
    vlan_frames(7);
    stm32_eth_promiscuous(true);
    vlan_frames(0);
    stm32_eth_promiscuous(false);
    vlan_frames(7);
    need(stm32_eth_vlan(0x107) == ERR_OK, "VID 0x107");
    bench_lossy = true;
    twin_break_bus();
    (void)bench_send_random();
    (void)bench_receive_random();
    bench_run_us(100000);
    need(stm32_eth_counters.bus_errors == i + 1, "no bus error");
    bench_drain();
    bench_lossy = false;
    vlan_frames(0x107);
    need(stm32_eth_vlan(0) == ERR_OK, "no VID");
  }
  need(stm32_eth_counters.rx_bad == 0, "frames of other VLANs are counted as bad");
  need((stm32_eth_counters.rx_other_vlan != 0) == !BENCH_TAGS, "%u frames of other VLANs are counted",
       (unsigned)stm32_eth_counters.rx_other_vlan);
  bench_no_leak();
}
#endif

/** Frames longer than a buffer come in pieces and are dropped whole. */
static void test_giants(void)
{
  static struct twin_frame giant;
  unsigned i, n = 0;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 200; i++) {
    bench_make_frame(&giant);
    giant.len = (uint16_t)(1600 + twin_chance(400));
    giant.octets[giant.len - 1] = 1;
    n += twin_receive(&giant) ? 1 : 0;
    traffic(1);
    bench_run_us(twin_chance(300));
  }
  bench_drain();
  bench_no_leak();
  need(n > 20 && stm32_eth_counters.rx_bad >= n, "giants are not counted");
}

/** Nothing to do: no interrupt, nothing pending. */
static void test_quiet(void)
{
  unsigned long irqs;

  up(PHY_LAN8742, 0);
  traffic(200);
  bench_drain();
  bench_run_us(20000);
  need(!stm32_eth_pending(), "work pending after all is done");
  irqs = twin.irqs;
  bench_run_us(500000);
  need(twin.irqs == irqs, "%lu interrupts for nothing", twin.irqs - irqs);
  need(bench_receive_random(), "frame");
  twin_pass_us(2000);
  need(stm32_eth_pending() && twin.irqs > irqs, "no interrupt for a frame");
  irqs = twin.irqs;
  twin_pass_us(20000);
  need(twin.irqs == irqs, "interrupts go on before the work is done");
  bench_drain();
}

/** One frame at a time, each at once: no kick is lost, and the last of a burst is not left for the next. */
static void test_latency(void)
{
  unsigned i, k;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 400; i++) {
    for (k = twin_chance(4); k > 0; k--) {
      (void)bench_send_random();
    }
    for (k = twin_chance(3); k > 0; k--) {
      (void)bench_receive_random();
    }
    bench_run_us(4000);
    need(bench_waiting() == 0, "%u frames are left lying", bench_waiting());
  }
  bench_no_leak();
}

/** The same with a main loop that polls only when told to. */
static void test_asleep(void)
{
  unsigned i;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 400; i++) {
    if (twin_chance(2) == 0) {
      (void)bench_send_random();
    }
    if (twin_chance(2) == 0) {
      (void)bench_receive_random();
    }
    bench_sleep_us(4000);
    need(bench_waiting() == 0, "%u frames are left lying: no interrupt?", bench_waiting());
    need(bench_unfreed() == 0, "%u octets of sent frames are not freed: no interrupt?", bench_unfreed());
  }
}

/** Sleep until a magic packet. */
static void test_sleep(void)
{
  unsigned i;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 6; i++) {
    traffic(30);
    bench_lossy = true;
    stm32_eth_sleep(i % 2 != 0);
    twin_pass_us(1000);
    need(mac_sleeping(), "the MAC does not sleep");
    need(bench_send_random() != ERR_OK, "sends while asleep");
    if (i % 3 != 0) {
      mac_magic();
    }
    need(stm32_eth_wake() == (i % 3 != 0), "who woke us?");
    bench_run_us(500000);
    need(bench_wait_link(1000), "no link after sleep");
    bench_drain();
    bench_lossy = false;
  }
  traffic(50);
  bench_drain();
  bench_no_leak();
}

/** Stop and start again while the stack holds packets. */
static void test_restart(void)
{
  static struct netif second;
  unsigned i;

  up(PHY_LAN8742, 0);
  for (i = 0; i < 10; i++) {
    bench_hold = 4;
    traffic(40);
    bench_lossy = true;
    stm32_eth_deinit(&bench_nif);
    need(!netif_is_link_up(&bench_nif), "link up after the end");
    need(bench_send_random() == ERR_IF, "sends after the end");
    netif_remove(&bench_nif);
    need(netif_add(&bench_nif, NULL, NULL, NULL, &bench_config, stm32_eth_init, bench_nif.input) != NULL, "no start");
    need(netif_add(&second, NULL, NULL, NULL, &bench_config, stm32_eth_init, bench_nif.input) == NULL,
         "two interfaces");
    netif_set_up(&bench_nif);
    need(bench_wait_link(3000), "no link");
    bench_drain();
    bench_lossy = false;
  }
  bench_no_leak();
}

/** By the names CubeMX's programs call: the configuration comes from stm32_eth_board(). */
static void test_cube(void)
{
  unsigned i;

  bench_boot(seed, PHY_LAN8742, 0, false);
  stm32_eth_deinit(&bench_nif);
  netif_remove(&bench_nif);
  phy_set_cable(false);
  need(netif_add(&bench_nif, NULL, NULL, NULL, NULL, ethernetif_init, bench_nif.input) != NULL, "ethernetif_init()");
  need(bench_nif.state == &bench_config, "whose configuration?");
  netif_set_up(&bench_nif);
  bench_run_us(3000000);
  need(!netif_is_link_up(&bench_nif), "a link without a cable");
  phy_set_cable(true);
  for (i = 0; i < 4000 && !netif_is_link_up(&bench_nif); i++) {
    twin_pass_us(1000);
    ethernet_link_check_state(&bench_nif);
    ethernetif_input(&bench_nif);
    sys_check_timeouts();
  }
  need(netif_is_link_up(&bench_nif), "no link");
  for (i = 0; i < 300; i++) {
    const unsigned long n = bench.given;
    unsigned waits = 0;

    while (bench.given - n < 3) {
      if (!bench_receive_random()) {
        twin_pass_us(100);
      }
    }
    while (bench_waiting() > 0) {
      twin_pass_us(100);
      ethernetif_input(&bench_nif);
      need(++waits < 200, "ethernetif_input() leaves frames lying");
    }
  }
  bench_no_leak();
}

#if LWIP_X_STM32_ETH_PTP

static unsigned long stamps;
static uint64_t stamp_ns;

static void note_sent(struct pbuf *frame, const struct stm32_eth_time *t)
{
  need(frame->tot_len >= 44, "not the frame that was sent");
  stamps++;
  stamp_ns = t->s * 1000000000ull + t->ns;
}

static uint64_t ptp_now(void)
{
  struct stm32_eth_time t;

  stm32_eth_ptp_get(&t);
  return t.s * 1000000000ull + t.ns;
}

static err_t stamped_input(struct pbuf *p, struct netif *nif)
{
  struct stm32_eth_time t;

  (void)nif;
  need(stm32_eth_ptp_received(p, &t), "a received frame has no stamp");
  stamp_ns = t.s * 1000000000ull + t.ns;
  stamps++;
  pbuf_free(p);
  return ERR_OK;
}

static bool near(uint64_t a, uint64_t b, uint64_t by)
{
  return a < b ? b - a <= by : a - b <= by;
}

/** An event message, in a VLAN or not. */
static void ptp_sends(bool tagged)
{
  static uint8_t octets[60] = { 0x01, 0x1B, 0x19, 0, 0, 0, 2, 0, 0, 0, 0, 1 };
  struct pbuf *p = pbuf_alloc(PBUF_RAW, sizeof octets, PBUF_RAM);

  bench_lossy = true;
  put16(octets + 12, tagged ? 0x8100 : 0x88F7);
  put16(octets + 16, tagged ? 0x88F7 : 0);
  octets[18] = tagged ? 0 : 0x0B; /* where an untagged message has nothing to say */
  memcpy(p->payload, octets, sizeof octets);
  twin.sent = NULL;
  need(bench_nif.linkoutput(&bench_nif, p) == ERR_OK, "send");
  pbuf_free(p);
}

static void test_ptp(void)
{
  const struct stm32_eth_time start = { 1000, 999999000 }, step = { 3, 500000000 };
  struct twin_frame f;
  uint64_t before, at;
  unsigned i;

  up(PHY_LAN8742, 0);
  need(stm32_eth_ptp_start(&start) == ERR_OK, "start");
  need(near(ptp_now(), 1000999999000ull, 20000), "the clock starts elsewhere");
  before = ptp_now();
  at = twin.now_ns;
  bench_run_us(1000000);
  need(near(ptp_now() - before, twin.now_ns - at, 3000), "the clock runs wrong by %lld ns a second",
       (long long)(ptp_now() - before - (twin.now_ns - at)));
  stm32_eth_ptp_rate(100000);
  before = ptp_now();
  at = twin.now_ns;
  bench_run_us(1000000);
  need(near(ptp_now() - before, (twin.now_ns - at) + (twin.now_ns - at) / 10000, 3000), "rate");
  stm32_eth_ptp_rate(0);
  before = ptp_now();
  stm32_eth_ptp_step(&step, false);
  need(near(ptp_now(), before + 3500000000ull, 20000), "step");
  stm32_eth_ptp_step(&step, true);
  need(near(ptp_now(), before, 40000), "step back");
  for (i = 0; i < 1000; i++) { /* seconds and nanoseconds belong together */
    const struct stm32_eth_time edge = { 7, 999990000 + twin_chance(10000) };

    stm32_eth_ptp_set(&edge);
    before = ptp_now();
    need(before >= 7999990000ull && before < 8000200000ull, "torn time %llu", (unsigned long long)before);
  }
  bench_nif.input = stamped_input;
  for (i = 0; i < 200; i++) {
    stamps = 0;
    bench_make_frame(&f);
    need(twin_receive(&f), "wire");
    while (stamps == 0) {
      bench_run_us(20);
    }
    need(near(stamp_ns, ptp_now(), 3000000), "stamp of a received frame");
  }
  stamps = 0;
  stm32_eth_ptp_on_sent(note_sent);
  for (i = 0; i < 50; i++) {
    ptp_sends(i % 2 != 0);
    bench_run_us(400);
    need(stamps == i + 1 && near(stamp_ns, ptp_now(), 1000000), "stamp of a sent frame");
  }
  bench_no_leak();
}

/** A reset of the MAC takes its clock, which goes on from where it was. */
static void test_ptp_reset(void)
{
  const struct stm32_eth_time start = { 5000, 0 };
  uint64_t before;
  unsigned i;

  up(PHY_LAN8742, 0);
  need(stm32_eth_ptp_start(&start) == ERR_OK, "start");
  bench_run_us(1000000);
  for (i = 1; i <= 4; i++) {
    before = ptp_now();
    twin_break_bus();
    (void)bench_send_random();
    bench_lossy = true;
    (void)bench_receive_random();
    bench_run_us(100000);
    need(stm32_eth_counters.bus_errors == i, "no bus error %u", i);
    need(ptp_now() > before && near(ptp_now(), before, 120000000), "after a reset the clock says %llu, not %llu",
         (unsigned long long)ptp_now(), (unsigned long long)before);
    bench_drain();
  }
}

/** Traffic with stamps: descriptors carry them besides. */
static void test_ptp_traffic(void)
{
  const struct stm32_eth_time start = { 1, 0 };

  up(PHY_LAN8742, 0);
  need(stm32_eth_ptp_start(&start) == ERR_OK, "start");
  bench_hold = 2;
  traffic(frames / 4);
  bench_drain();
  need(stm32_eth_counters.rx_bad == bench.damaged, "%u bad frames counted, %lu came",
       (unsigned)stm32_eth_counters.rx_bad, bench.damaged);
  bench_no_leak();
}
#endif

#if LWIP_X_STM32_ETH_TSO

/* ---- packets the MAC cuts into segments ---- */

enum { LARGE_MAX = 12000 };

static struct {
  uint8_t head[120], text[LARGE_MAX];
  size_t head_len, ip_at, text_len, mss;
  s32_t tci;      /**< the tag outside of the packet; negative: none */
  size_t come;    /**< octets of text that have come out */
  unsigned whole; /**< how often all of it has */
} large;

static unsigned get16(const uint8_t *p)
{
  return (unsigned)p[0] << 8 | p[1];
}

static uint32_t get32(const uint8_t *p)
{
  return (uint32_t)get16(p) << 16 | get16(p + 2);
}

/** A segment has come out: the next piece of the text, behind the right headers. */
static void note_segment(const uint8_t *octets, size_t len)
{
  static uint8_t bare[FRAME_ROOM];
  const uint8_t *f = without_tag(octets, &len, large.tci, bare);
  const size_t left = large.text_len - large.come, n = left < large.mss ? left : large.mss;
  const uint8_t *ip = f + large.ip_at, *tcp = f + (large.ip_at + (ip[0] >> 4 == 6 ? 40u : (ip[0] & 15u) * 4u));
  const struct twin_sum_status sums = twin_sum_check(f, len);
  const bool last = n == left;

  need(len == large.head_len + n || (len < 61 && large.head_len + n < 60), "segment of %zu octets", len);
  need(memcmp(f + large.head_len, large.text + large.come, n) == 0, "text at %zu is torn", large.come);
  need(get32(tcp + 4) == 0xFFFFF000u + (uint32_t)large.come, "sequence number at %zu", large.come);
  need(tcp[13] == (last ? 0x19 : 0x10), "flags %#x at %zu of %zu", tcp[13], large.come, large.text_len);
  need(sums.verdict == SUM_GOOD && sums.type == 2, "checksums at %zu: %d", large.come, (int)sums.verdict);
  need(memcmp(f, large.head, large.ip_at) == 0 && get16(tcp) == 80, "headers at %zu", large.come);
  large.come = last ? 0 : large.come + n;
  large.whole += last;
}

static void large_headers(bool v6, size_t options)
{
  const bool tagged = large.tci < 0 && twin_chance(4) == 0;
  uint8_t *ip, *tcp;

  memset(large.head, 0, sizeof large.head);
  memcpy(large.head, "\x02\0\0\0\0\1", 6);
  memcpy(large.head + 6, bench_nif.hwaddr, 6);
  large.ip_at = tagged ? 18 : 14;
  if (tagged) {
    put16(large.head + 12, 0x8100);
    put16(large.head + 14, 7);
  }
  put16(large.head + large.ip_at - 2, v6 ? 0x86DD : 0x0800);
  ip = large.head + large.ip_at;
  tcp = ip + (v6 ? 40 : 20);
  large.head_len = (size_t)(tcp - large.head) + 20 + options;
  if (v6) {
    ip[0] = 0x60;
    put16(ip + 4, (unsigned)(20 + options + large.text_len));
    ip[6] = 6;
    ip[7] = 64;
    ip[23] = 1;
    ip[39] = 2;
  } else {
    ip[0] = 0x45;
    put16(ip + 2, (unsigned)(40 + options + large.text_len));
    ip[6] = 0x40;
    ip[8] = 64;
    ip[9] = 6;
    memcpy(ip + 12, "\x0A\x07\x00\x02\x0A\x07\x00\x01", 8);
  }
  put16(tcp, 80);
  put16(tcp + 4, 0xFFFF);
  put16(tcp + 6, 0xF000);
  tcp[12] = (uint8_t)((5 + options / 4) << 4);
  tcp[13] = 0x19;
  memset(tcp + 20, 1, options);
}

/** One packet: headers, and the text in pieces, sometimes more of them than the ring holds, sometimes out of its reach. */
static struct pbuf *large_packet(void)
{
  struct pbuf *p, *q;
  size_t at, n, i;
  const size_t most = twin_chance(6) == 0 ? 200 : 1460;
  const bool v6 = twin_chance(2) == 0;
  const size_t options = twin_chance(4) * 4u;

  large.mss = (twin_chance(8) == 0 ? 536u : 1460u) - options - (v6 ? 20u : 0u);
  large.text_len = large.mss + 1 + twin_chance((uint32_t)(LWIP_X_STM32_ETH_TSO_MAX - large.mss));
  large.come = 0;
  large.whole = 0;
  large.tci = twin_chance(3) == 0 ? 0x6005 : -1;
  large_headers(v6, options);
  for (i = 0; i < large.text_len; i++) {
    large.text[i] = (uint8_t)twin_chance(256);
  }
  p = pbuf_alloc(PBUF_RAW, (u16_t)large.head_len, PBUF_RAM);
  memcpy(p->payload, large.head, large.head_len);
  for (at = 0; at < large.text_len; at += n) {
    n = large.text_len - at < most ? large.text_len - at : most;
    q = pbuf_alloc(PBUF_RAW, (u16_t)n, PBUF_RAM);
    memcpy(q->payload, large.text + at, n);
    pbuf_cat(p, q);
  }
  p->x_seg_len = (u16_t)large.mss;
  p->x_tci = large.tci;
  return p;
}

/** What has been freed is used again. */
static void reuse(void)
{
  struct pbuf *p[8];
  unsigned i;

  for (i = 0; i < 8; i++) {
    p[i] = pbuf_alloc(PBUF_RAW, 1400, PBUF_RAM);
    memset(p[i]->payload, 0xEE, 1400);
  }
  for (i = 0; i < 8; i++) {
    pbuf_free(p[i]);
  }
}

/** The packet twice or thrice, as far as the ring takes it.  @return how often it was taken */
static unsigned send_large(struct pbuf *p)
{
  unsigned n = 0, tries = 1 + twin_chance(3);
  err_t err = ERR_OK;

  while (tries-- > 0 && err == ERR_OK) {
    err = bench_nif.linkoutput(&bench_nif, p);
    n += err == ERR_OK;
  }
  need(err == ERR_OK || err == ERR_MEM, "send: %d", err);
  return n;
}

static void test_large(void)
{
  unsigned i, n, by_mac = 0;
  struct pbuf *p;

  up(PHY_LAN8742, 0);
  need(bench_nif.x_tso_max == LWIP_X_STM32_ETH_TSO_MAX, "nothing is offered to TCP");
  traffic(100);
  bench_drain();
  twin.sent = note_segment;
  for (i = 0; i < 300; i++) {
    const u32_t before = stm32_eth_counters.tx_large;

    p = large_packet();
    n = send_large(p);
    pbuf_free(p);
    reuse();
    bench_run_us(12000);
    if (stm32_eth_counters.tx_large != before) { /* else it was cut in software, perhaps not to the end */
      by_mac++;
      need(n > 0 && large.whole == n && large.come == 0, "%u and %zu of %u times %zu octets have come out", large.whole,
           large.come, n, large.text_len);
    }
    need(bench_unfreed() == 0, "%u octets are not freed", bench_unfreed());
  }
  need(by_mac > 150 && by_mac < 300, "%u of 300 packets were cut by the MAC", by_mac);
  bench_no_leak();
}
#endif

/* ---- the whole stack ---- */

static uint8_t reply[8][FRAME_ROOM];
static size_t reply_len[8];
static unsigned n_replies;

static void note_reply(const uint8_t *octets, size_t len)
{
  static uint8_t bare[FRAME_ROOM];

  octets = without_tag(octets, &len, bench_tci, bare); /* everything is sent with it */
  if (octets[12] == 8 && octets[13] == 0 && n_replies < 8) {
    memcpy(reply[n_replies], octets, len);
    reply_len[n_replies++] = len;
  }
}

/** Tags of the echo requests, from the outer one; negative: none. */
static int ping_tags[2] = { -1, -1 };

static void ping_tag(struct twin_frame *f)
{
  int i;

  for (i = 1; i >= 0; i--) {
    if (ping_tags[i] >= 0) {
      twin_tag_put(f->octets, f->len, (uint16_t)ping_tags[i]);
      f->len = (uint16_t)(f->len + 4u);
    }
  }
}

/** An echo request of @p len octets of ICMP from 10.7.0.1, in fragments of 1480. */
static void ping(size_t len)
{
  static uint8_t icmp[6000];
  struct twin_frame f;
  size_t at, n, i;

  memset(icmp, 0, 8);
  icmp[0] = 8;
  for (i = 8; i < len; i++) {
    icmp[i] = (uint8_t)(i * 7 + i / 256);
  }
  put16(icmp + 2, ~frame_sum(0, icmp, len) & 0xFFFF);
  for (at = 0; at < len; at += n) {
    uint8_t *h = f.octets + 14;

    n = len - at < 1480 ? len - at : 1480;
    memset(&f, 0, sizeof f);
    memcpy(f.octets, bench_nif.hwaddr, 6);
    memcpy(f.octets + 6, "\x02\0\0\0\0\1\x08\0", 8);
    h[0] = 0x45;
    put16(h + 2, (unsigned)(20 + n));
    put16(h + 4, 0x1234);
    put16(h + 6, (unsigned)(at / 8 | (at + n < len ? 0x2000 : 0)));
    h[8] = 64;
    h[9] = 1;
    memcpy(h + 12, "\x0A\x07\x00\x01\x0A\x07\x00\x02", 8);
    put16(h + 10, ~frame_sum(0, h, 20) & 0xFFFF);
    memcpy(h + 20, icmp + at, n);
    f.len = (uint16_t)(34 + n < 60 ? 60 : 34 + n);
    ping_tag(&f);
    while (!twin_receive(&f)) {
      bench_run_us(100);
    }
  }
}

/** @return octets of ICMP in the replies, all headers right; put together in @p icmp */
static size_t pong(uint8_t *icmp)
{
  size_t total = 0;
  unsigned i;

  for (i = 0; i < n_replies; i++) {
    const uint8_t *h = reply[i] + 14;
    const size_t n = (size_t)(h[2] << 8 | h[3]) - 20, at = (size_t)((h[6] & 0x1F) << 8 | h[7]) * 8;

    need(frame_sum(0, h, 20) == 0xFFFF, "the IP header of a reply has a wrong checksum");
    need(h[9] == 1 && 34 + n <= reply_len[i], "not ICMP");
    memcpy(icmp + at, h + 20, n);
    total += n;
  }
  return total;
}

static void stack_up(void)
{
  struct eth_addr peer = { { 2, 0, 0, 0, 0, 1 } };
  ip4_addr_t ip, mask, gw;

  bench_boot(seed, PHY_LAN8742, 0, true);
  twin.sent = note_reply;
  IP4_ADDR(&ip, 10, 7, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gw, 10, 7, 0, 1);
  netif_set_addr(&bench_nif, &ip, &mask, &gw);
  need(bench_wait_link(4000), "no link");
  need(etharp_add_static_entry(&gw, &peer) == ERR_OK, "ARP");
}

/** Ping through the whole stack: short, long, in fragments; the checksum is the MAC's or the stack's, but always right. */
static void test_stack(void)
{
  static const size_t sizes[] = { 8, 40, 64, 1000, 1480, 1481, 3000, 4440, 5000 };
  static uint8_t icmp[8192];
  unsigned i;

  stack_up();
  for (i = 0; i < 45; i++) {
    const size_t len = sizes[i % 9];

    n_replies = 0;
    ping(len);
    bench_run_us(5000);
    need(pong(icmp) == len, "ping of %zu octets: %u replies", len, n_replies);
    need(icmp[0] == 0 && frame_sum(0, icmp, len) == 0xFFFF, "ping of %zu octets: wrong checksum", len);
  }
  bench_no_leak();
}

/** The hooks decide about tags as they do without the MAC: those of its VLAN come in, and all that is sent has one. */
static void test_tags(void)
{
  static const struct {
    int tags[2];
    bool answered;
  } cases[] = { { { 7, -1 }, true },  { { 0xE007, -1 }, true }, { { 8, -1 }, false }, { { 0, -1 }, false },
                { { -1, -1 }, true }, { { 7, 7 }, false },      { { 0, 7 }, false },  { { 4095, -1 }, false } };
  static const size_t sizes[] = { 8, 1000, 1480, 3000 };
  static uint8_t icmp[8192];
  unsigned i;

  bench_tci = -1;
  stack_up();
  bench_tci = 0xA007;
  for (i = 0; i < 64; i++) {
    const size_t len = sizes[i / 8 % 4];
    const bool answered = cases[i % 8].answered;

    n_replies = 0;
    memcpy(ping_tags, cases[i % 8].tags, sizeof ping_tags);
    ping(len);
    bench_run_us(5000);
    need(pong(icmp) == (answered ? len : 0), "ping of %zu octets, case %u: %u replies", len, i % 8, n_replies);
    need(!answered || (icmp[0] == 0 && frame_sum(0, icmp, len) == 0xFFFF), "ping: wrong checksum");
  }
  bench_run_us(40000000); /* pieces that were dropped are forgotten */
  bench_no_leak();
}

static const struct {
  const char *name;
  void (*run)(void);
} tests[] = {
  { "traffic", test_traffic },
  { "polling", test_polling },
  { "phys", test_phys },
  { "slow_phy", test_slow_phy },
  { "exhaustion", test_exhaustion },
  { "storm", test_storm },
  { "flaps", test_flaps },
  { "bus_errors", test_bus_errors },
  { "stalls", test_stalls },
  { "late", test_late },
  { "fixed", test_fixed },
  { "filter", test_filter },
  { "giants", test_giants },
  { "quiet", test_quiet },
  { "latency", test_latency },
  { "asleep", test_asleep },
  { "sleep", test_sleep },
  { "restart", test_restart },
  { "cube", test_cube },
  { "kicks", test_kicks },
  { "phy_irq", test_phy_irq },
#if LWIP_X_STM32_ETH_PTP
  { "ptp", test_ptp },
  { "ptp_reset", test_ptp_reset },
  { "ptp_traffic", test_ptp_traffic },
#endif
#if LWIP_X_STM32_ETH_TSO
  { "large", test_large },
#endif
#if LWIP_X_STM32_ETH_VLAN
  { "vlan", test_vlan },
  { "tag_room", test_tag_room },
#endif
  { "stack", test_stack },
  { "tags", test_tags },
};

static bool run(unsigned i, bool verbose)
{
  int status;
  pid_t pid = fork();

  if (pid == 0) {
    alarm(60 + (unsigned)(frames / 1000));
    tests[i].run();
    if (verbose) {
      printf("     %s: %lu in, %lu out, %lu accesses, %lu interrupts, %lu evictions, %llu ms of virtual time\n",
             tests[i].name, bench.taken, bench.sent, twin.hooks, twin.irqs, twin.evictions,
             (unsigned long long)(twin.now_ns / 1000000));
      fflush(stdout);
    }
    _exit(0);
  }
  waitpid(pid, &status, 0);
  return status == 0;
}

static bool is_wanted(unsigned i, int argc, char **argv)
{
  int k;

  for (k = 1; k < argc && strcmp(argv[k], tests[i].name) != 0; k++) {}
  return argc <= 1 || k < argc;
}

int main(int argc, char **argv)
{
  unsigned failed = 0, passed = 0, i;
  bool verbose = false, first = false;

  for (; argc > 1 && argv[1][0] == '-'; argc--, argv++) {
    if (strcmp(argv[1], "-v") == 0) {
      verbose = true;
    } else if (strcmp(argv[1], "-1") == 0) {
      first = true; /* stop at the first failure */
    } else if (argc > 2 && strcmp(argv[1], "--seed") == 0) {
      seed = strtoull(argv[2], NULL, 10);
      argc--;
      argv++;
    } else if (argc > 2 && strcmp(argv[1], "--frames") == 0) {
      frames = strtoul(argv[2], NULL, 10);
      argc--;
      argv++;
    }
  }
  for (i = 0; i < sizeof tests / sizeof tests[0] && !(first && failed > 0); i++) {
    if (!is_wanted(i, argc, argv)) {
      continue;
    }
    if (run(i, verbose)) {
      passed++;
    } else {
      failed++;
      printf("FAIL %s, seed %llu\n", tests[i].name, (unsigned long long)seed);
      fflush(stdout);
    }
  }
  printf("%u passed, %u failed\n", passed, failed);
  return failed != 0;
}
