/**
 * LAN9118 driver.
 *
 * The receive FIFO holds only a few frames, so the interrupt empties it at once into pbufs of the pool and
 * puts these into a ring, from which the main loop feeds the stack.  When pool or ring are full, frames stay
 * in the FIFO and the interrupt is masked until the main loop has made room.
 *
 * Sending writes each pbuf straight into the transmit FIFO: the controller skips the octets in front of a
 * payload that does not begin on a word, so that whole words can be written without copying.
 *
 * Multicast passes a filter by hash, kept by filter(): 64 bins, counted, since groups share them.
 */
#include "lan9118.h"

#include "board.h"
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/igmp.h"
#include "lwip/pbuf.h"
#include "lwip/stats.h"
#include "netif/ethernet.h"
#include "port.h"
#include <string.h>

/* clang-format off */
/* Registers (LAN9118 data sheet, chapter 5) */
#define RX_DATA       0x00u
#define TX_DATA       0x20u
#define RX_STATUS     0x40u
#define RX_PEEK       0x44u
#define TX_STATUS     0x48u
#define IRQ_CFG       0x54u
#define INT_STS       0x58u
#define INT_EN        0x5Cu
#define BYTE_TEST     0x64u
#define FIFO_INT      0x68u
#define RX_CFG        0x6Cu
#define TX_CFG        0x70u
#define HW_CFG        0x74u
#define RX_DP_CTRL    0x78u
#define RX_FIFO_INF   0x7Cu
#define TX_FIFO_INF   0x80u
#define RX_DROP       0xA0u
#define MAC_CSR_CMD   0xA4u
#define MAC_CSR_DATA  0xA8u
#define AFC_CFG       0xACu

#define BYTE_TEST_VALUE   0x87654321u
#define HW_CFG_RESET      0x00000001u
#define HW_CFG_TX_5K      0x00050000u
#define IRQ_CFG_ON        0x00000111u /* output enabled, active high, push-pull */
#define INT_RX            0x00000008u /* a frame is in the FIFO */
#define INT_PHY           0x00040000u
#define TX_CFG_ON         0x00000002u
#define RX_DP_DISCARD     0x80000000u
#define RX_STATUS_ERROR   0x00008000u
#define TX_STATUS_ERROR   0x00008000u
#define CMD_A_FIRST       0x00002000u
#define CMD_A_LAST        0x00001000u
#define MAC_CSR_BUSY      0x80000000u
#define MAC_CSR_READ      0x40000000u

/* Registers behind MAC_CSR_CMD */
enum { MAC_CR = 1, MAC_ADDRH, MAC_ADDRL, MAC_HASHH, MAC_HASHL, MAC_MII_ACC, MAC_MII_DATA };
#define MAC_CR_RXEN       0x00000004u
#define MAC_CR_TXEN       0x00000008u
#define MAC_CR_HPFILT     0x00002000u /* multicast by hash, unicast by address */
#define MAC_CR_FULLDUPLEX 0x00100000u
#define MII_BUSY          0x00000001u
#define MII_WRITE         0x00000002u
#define MII_PHY_1         0x00000800u

/* Registers of the PHY */
enum { PHY_CONTROL = 0, PHY_STATUS = 1, PHY_INT_SOURCE = 29, PHY_INT_MASK = 30 };
#define PHY_STATUS_LINK   0x0004u
#define PHY_CONTROL_AUTO  0x1200u /* negotiate, now */
#define PHY_INT_ALL       0x0050u /* link down, negotiation done */
/* clang-format on */

#define CRC_LEN 4
#define FRAME_MIN (ETH_HWADDR_LEN * 2 + 2 + CRC_LEN)
#define FRAME_MAX (1514 + 4 + CRC_LEN)

/** Frames between interrupt and main loop; a power of two. */
#define RING 32u

/** How often to look for room in the transmit FIFO before giving up. */
#define TX_PATIENCE 100000

#if PBUF_POOL_BUFSIZE < FRAME_MAX + 3
#error "This driver reads a frame into one pbuf: PBUF_POOL_BUFSIZE must be at least 1525"
#endif

static struct pbuf *ring[RING];
static volatile uint32_t ring_put, ring_get; /* the interrupt moves the one, the main loop the other */
static volatile bool rx_masked, phy_event;
static uint8_t bins[64];

static inline uint32_t rd(uint32_t offset)
{
  return *reg(BOARD_LAN9118 + offset);
}

static inline void wr(uint32_t offset, uint32_t value)
{
  *reg(BOARD_LAN9118 + offset) = value;
}

/* ---- MAC and PHY: main loop only ---- */

static uint32_t mac_read(uint32_t index)
{
  while (rd(MAC_CSR_CMD) & MAC_CSR_BUSY) {
    continue;
  }
  wr(MAC_CSR_CMD, MAC_CSR_BUSY | MAC_CSR_READ | index);
  while (rd(MAC_CSR_CMD) & MAC_CSR_BUSY) {
    continue;
  }
  return rd(MAC_CSR_DATA);
}

static void mac_write(uint32_t index, uint32_t value)
{
  while (rd(MAC_CSR_CMD) & MAC_CSR_BUSY) {
    continue;
  }
  wr(MAC_CSR_DATA, value);
  wr(MAC_CSR_CMD, MAC_CSR_BUSY | index);
  while (rd(MAC_CSR_CMD) & MAC_CSR_BUSY) {
    continue;
  }
}

static uint32_t phy_read(uint32_t index)
{
  mac_write(MAC_MII_ACC, MII_PHY_1 | index << 6 | MII_BUSY);
  while (mac_read(MAC_MII_ACC) & MII_BUSY) {
    continue;
  }
  return mac_read(MAC_MII_DATA) & 0xFFFFu;
}

static void phy_write(uint32_t index, uint32_t value)
{
  mac_write(MAC_MII_DATA, value);
  mac_write(MAC_MII_ACC, MII_PHY_1 | index << 6 | MII_WRITE | MII_BUSY);
  while (mac_read(MAC_MII_ACC) & MII_BUSY) {
    continue;
  }
}

static bool phy_link(void)
{
  (void)phy_read(PHY_STATUS); /* a lost link is latched: the second look tells how it is now */
  return (phy_read(PHY_STATUS) & PHY_STATUS_LINK) != 0;
}

/* ---- Multicast ---- */

/** The upper six bits of the Ethernet CRC of @p mac. */
static uint32_t hash(const uint8_t mac[6])
{
  uint32_t crc = 0xFFFFFFFFu;
  uint32_t feedback;
  int i, bit;

  for (i = 0; i < 6; i++) {
    for (bit = 0; bit < 8; bit++) {
      feedback = (crc >> 31) ^ ((uint32_t)mac[i] >> bit & 1u);
      crc = crc << 1 ^ (feedback ? 0x04C11DB7u : 0);
    }
  }
  return crc >> 26;
}

static err_t filter(const uint8_t mac[6], enum netif_mac_filter_action action)
{
  const uint32_t bin = hash(mac);
  uint32_t words[2] = { 0, 0 };
  uint32_t i;

  if (action == NETIF_ADD_MAC_FILTER) {
    bins[bin]++;
  } else if (bins[bin] > 0) {
    bins[bin]--;
  }
  for (i = 0; i < 64; i++) {
    words[i / 32] |= (bins[i] != 0 ? 1u : 0u) << i % 32;
  }
  mac_write(MAC_HASHL, words[0]);
  mac_write(MAC_HASHH, words[1]);
  return ERR_OK;
}

static err_t igmp_filter(struct netif *netif, const ip4_addr_t *group, enum netif_mac_filter_action action)
{
  const uint8_t mac[6] = { 0x01, 0x00, 0x5E, ip4_addr2(group) & 0x7F, ip4_addr3(group), ip4_addr4(group) };

  (void)netif;
  return filter(mac, action);
}

#if LWIP_IPV6 && LWIP_IPV6_MLD
static err_t mld_filter(struct netif *netif, const ip6_addr_t *group, enum netif_mac_filter_action action)
{
  uint8_t mac[6] = { 0x33, 0x33 };

  (void)netif;
  memcpy(mac + 2, &group->addr[3], 4);
  return filter(mac, action);
}

/** All nodes are spoken to without having joined anything. */
static void start_ip6(struct netif *netif)
{
  ip6_addr_t all_nodes;

  netif->output_ip6 = ethip6_output;
  netif->flags |= NETIF_FLAG_MLD6;
  netif_set_mld_mac_filter(netif, mld_filter);
  ip6_addr_set_allnodes_linklocal(&all_nodes);
  (void)mld_filter(netif, &all_nodes, NETIF_ADD_MAC_FILTER);
}
#else
#define start_ip6(netif) ((void)0)
#endif

/* ---- Receiving: in the interrupt ---- */

static void rx_discard(uint32_t words)
{
  if (words < 4) { /* too short for the controller's own way */
    while (words-- > 0) {
      (void)rd(RX_DATA);
    }
    return;
  }
  wr(RX_DP_CTRL, RX_DP_DISCARD);
  while (rd(RX_DP_CTRL) & RX_DP_DISCARD) {
    continue;
  }
}

static void rx_copy(struct pbuf *p, uint32_t words)
{
  uint32_t *to = (uint32_t *)p->payload; /* MEM_ALIGNMENT is a word */

  while (words-- > 0) {
    *to++ = rd(RX_DATA);
  }
}

/** Take the frame that @p status tells of out of the FIFO.  @return false: no room for it, it stays there */
static bool rx_frame(uint32_t status)
{
  uint32_t len = status >> 16 & 0x3FFFu;
  uint32_t words = (len + 3) / 4;
  struct pbuf *p;

  if ((status & RX_STATUS_ERROR) || len < FRAME_MIN || len > FRAME_MAX) {
    (void)rd(RX_STATUS);
    rx_discard(words);
    port_counters.rx_dropped++;
    LINK_STATS_INC(link.err);
    return true;
  }
  if (ring_put - ring_get == RING) {
    return false;
  }
  p = pbuf_alloc(PBUF_RAW, (u16_t)(words * 4), PBUF_POOL);
  if (p == NULL) {
    return false;
  }
  (void)rd(RX_STATUS);
  rx_copy(p, words);
  pbuf_realloc(p, (u16_t)(len - CRC_LEN));
  ring[ring_put % RING] = p;
  __asm volatile("" ::: "memory");
  ring_put++;
  return true;
}

void lan9118_handler(void)
{
  uint32_t status = rd(INT_STS);

  wr(INT_STS, status);
  if (status & INT_PHY) {
    phy_event = true;
    wr(INT_EN, rd(INT_EN) & ~INT_PHY); /* until the main loop has read the PHY */
  }
  while ((rd(RX_FIFO_INF) >> 16 & 0xFFu) != 0) {
    if (!rx_frame(rd(RX_PEEK))) {
      rx_masked = true;
      wr(INT_EN, rd(INT_EN) & ~INT_RX);
      break;
    }
  }
}

static void irq_unmask(uint32_t bits)
{
  irq_disable_all();
  wr(INT_EN, rd(INT_EN) | bits);
  irq_enable_all();
}

/* ---- Sending ---- */

static void tx_statuses(void)
{
  while ((rd(TX_FIFO_INF) >> 16 & 0xFFu) != 0) {
    if (rd(TX_STATUS) & TX_STATUS_ERROR) {
      port_counters.tx_dropped++;
      LINK_STATS_INC(link.err);
    }
  }
}

/** Octets the pbufs of @p p take in the FIFO, with their commands. */
static uint32_t tx_room(const struct pbuf *p)
{
  uint32_t room = 0;

  for (; p != NULL; p = p->next) {
    room += 8 + 4 + (p->len + 3u);
  }
  return room;
}

static void tx_piece(const struct pbuf *q, uint32_t flags, uint32_t frame_len)
{
  uint32_t offset = (uint32_t)(uintptr_t)q->payload & 3u;
  const uint32_t *from = (const uint32_t *)((uintptr_t)q->payload - offset);
  uint32_t words = (offset + q->len + 3) / 4;

  wr(TX_DATA, offset << 16 | flags | q->len);
  wr(TX_DATA, frame_len);
  while (words-- > 0) {
    wr(TX_DATA, *from++);
  }
}

static err_t transmit(struct netif *netif, struct pbuf *p)
{
  const struct pbuf *q;
  uint32_t flags = CMD_A_FIRST;
  uint32_t room = tx_room(p);
  int patience = TX_PATIENCE;

  (void)netif;
  tx_statuses();
  while ((rd(TX_FIFO_INF) & 0xFFFFu) < room) {
    if (--patience == 0) {
      port_counters.tx_dropped++;
      LINK_STATS_INC(link.drop);
      return ERR_WOULDBLOCK;
    }
  }
  for (q = p; q != NULL; q = q->next) {
    if (q->len == 0) {
      continue;
    }
    if (q->len == q->tot_len) {
      flags |= CMD_A_LAST;
    }
    tx_piece(q, flags, p->tot_len);
    flags = 0;
  }
  port_counters.tx_frames++;
  LINK_STATS_INC(link.xmit);
  return ERR_OK;
}

/* ---- For the main loop ---- */

bool lan9118_pending(void)
{
  return ring_put != ring_get || rx_masked || phy_event;
}

static void follow_link(struct netif *netif)
{
  phy_event = false;
  (void)phy_read(PHY_INT_SOURCE);
  irq_unmask(INT_PHY);
  if (phy_link()) {
    netif_set_link_up(netif);
  } else {
    netif_set_link_down(netif);
  }
}

void lan9118_poll(struct netif *netif)
{
  struct pbuf *p;

  if (phy_event) {
    follow_link(netif);
  }
  while (ring_put != ring_get) {
    p = ring[ring_get % RING];
    ring_get++;
    port_counters.rx_frames++;
    LINK_STATS_INC(link.recv);
    if (netif->input(p, netif) != ERR_OK) {
      pbuf_free(p);
    }
  }
  if (rx_masked) { /* try again, whether it was we who made room or somebody else */
    rx_masked = false;
    irq_unmask(INT_RX);
  }
  port_counters.rx_dropped += rd(RX_DROP); /* reading clears it */
}

static bool chip_reset(void)
{
  int patience = TX_PATIENCE;

  if (rd(BYTE_TEST) != BYTE_TEST_VALUE) {
    return false;
  }
  wr(HW_CFG, HW_CFG_RESET);
  while ((rd(HW_CFG) & HW_CFG_RESET) && --patience > 0) {
    continue;
  }
  return patience > 0;
}

static void chip_start(void)
{
  wr(HW_CFG, HW_CFG_TX_5K);
  wr(AFC_CFG, 0x006E3740u); /* the data sheet's levels for flow control */
  wr(FIFO_INT, 0);          /* tell of the first frame */
  wr(RX_CFG, 0);
  wr(INT_EN, 0);
  wr(INT_STS, 0xFFFFFFFFu);
  wr(IRQ_CFG, IRQ_CFG_ON);
  phy_write(PHY_CONTROL, PHY_CONTROL_AUTO);
  phy_write(PHY_INT_MASK, PHY_INT_ALL);
  mac_write(MAC_HASHH, 0);
  mac_write(MAC_HASHL, 0);
  mac_write(MAC_CR, MAC_CR_RXEN | MAC_CR_TXEN | MAC_CR_HPFILT | MAC_CR_FULLDUPLEX);
  wr(TX_CFG, TX_CFG_ON);
}

/** The address that the EEPROM had, which the emulator takes from its command line. */
static void read_address(uint8_t mac[6])
{
  uint32_t low = mac_read(MAC_ADDRL), high = mac_read(MAC_ADDRH);
  int i;

  for (i = 0; i < 4; i++) {
    mac[i] = (uint8_t)(low >> 8 * i);
  }
  mac[4] = (uint8_t)high;
  mac[5] = (uint8_t)(high >> 8);
}

err_t lan9118_init(struct netif *netif)
{
  if (!chip_reset()) {
    return ERR_IF;
  }
  netif->name[0] = 'e';
  netif->name[1] = 'n';
  netif->mtu = 1500;
  netif->hwaddr_len = ETH_HWADDR_LEN;
  read_address(netif->hwaddr);
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_IGMP;
  netif->output = etharp_output;
  netif->linkoutput = transmit;
  netif_set_igmp_mac_filter(netif, igmp_filter);
  chip_start();
  start_ip6(netif);
  if (phy_link()) {
    netif->flags |= NETIF_FLAG_LINK_UP;
  }
  board_irq_enable(BOARD_IRQ_LAN9118);
  irq_unmask(INT_RX | INT_PHY);
  return ERR_OK;
}
