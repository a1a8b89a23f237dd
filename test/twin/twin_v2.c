/**
 * The MAC of H5, H7 and H7RS, or of N6 (TWIN_N6): registers and both DMAs.
 *
 * A ring is an array; a DMA goes on until it comes to the tail pointer or to a descriptor that is not its own, and then waits
 * for a write to the tail pointer.  When it has done with a descriptor, nothing is left of what the driver wrote there.
 *
 * N6 has several queues: what is not opened, or has no room, carries nothing; and its bus counts in words of 8 octets.
 */
#include "twin.h"
#include <string.h>

enum {
  MACCR = 0x000,
  MACPFR = 0x008,
  MACHT0R = 0x010,
  MACHT1R = 0x014,
  MACVTR = 0x050,
  MACVIR = 0x060,
  MACTFCR = 0x070,
  MACRFCR = 0x090,
  MACRXQC0R = 0x0A0,
  MACIER = 0x0B4,
  MACPCSR = 0x0C0,
  MAC1USTCR = 0x0DC,
  MACMDIOAR = 0x200,
  MACMDIODR = 0x204,
  MACA0HR = 0x300,
  MACA0LR = 0x304,
  MACHWF0R = 0x11C,
  MACHWF1R = 0x120,
  MMCRIMR = 0x70C,
  MMCTIMR = 0x710,
  MACTSCR = 0xB00,
  MACSSIR = 0xB04,
  MACSTSR = 0xB08,
  MACSTNR = 0xB0C,
  MACSTSUR = 0xB10,
  MACSTNUR = 0xB14,
  MACTSAR = 0xB18,
  MTLTQOMR = 0xD00,
  MTLRQOMR = 0xD30,
  MTLRQMPOCR = 0xD34,
  DMAMR = 0x1000,
  DMASBMR = 0x1004,
  DMADSR = 0x100C,
  DMACCR = 0x1100,
  DMACTCR = 0x1104,
  DMACRCR = 0x1108,
  DMACTDLAR = 0x1114,
  DMACRDLAR = 0x111C,
  DMACTDTPR = 0x1120,
  DMACRDTPR = 0x1128,
  DMACTDRLR = 0x112C,
  DMACRDRLR = 0x1130,
  DMACIER = 0x1134,
  DMACSR = 0x1160,
  DMACMFCR = 0x116C,
  REGS = 0x1180
};

#define BIT(n) (1u << (n))
#define OWN BIT(31)

/* DMACSR */
enum { TI = 0, TBU = 2, RI = 6, RBU = 7, FBE = 12, CDE = 13, AIS = 14, NIS = 15 };
#define NORMAL (BIT(TI) | BIT(TBU) | BIT(RI) | BIT(11))
#define ABNORMAL (BIT(1) | BIT(RBU) | BIT(8) | BIT(9) | BIT(10) | BIT(FBE) | BIT(CDE))

#ifdef TWIN_N6
enum { BUS_WORD = 8, QUEUES = 1 };
#define MTLTQ_BITS 0x01FF007Fu
#define MTLRQ_BITS 0x3FF1C7FBu
#define OPEN_BITS 0x00000003u
#else
enum { BUS_WORD = 4, QUEUES = 0 };
#define MTLTQ_BITS 0x00000073u
#define MTLRQ_BITS 0x0071C7FBu
#define OPEN_BITS 0u
#endif

static const struct twin_known known[] = {
  { MACCR, 0xFFFBFF7Fu, false },     { MACPFR, 0x803107FFu, false },    { MACHT0R, 0xFFFFFFFFu, false },
  { MACHT1R, 0xFFFFFFFFu, false },   { MACTFCR, 0xFFFF00F3u, false },   { MACRFCR, 0x00000003u, false },
  { MACIER, 0x00007038u, false },    { MACPCSR, 0x9F000607u, false },   { MAC1USTCR, 0x00000FFFu, false },
  { MACMDIOAR, 0x0FFF7F1Fu, false }, { MACMDIODR, 0xFFFFFFFFu, false }, { MACA0HR, 0x8000FFFFu, false },
  { MACA0LR, 0xFFFFFFFFu, false },   { MMCRIMR, 0x0C020060u, false },   { MMCTIMR, 0x0C20C000u, false },
  { MACTSCR, 0x010FFF2Fu, false },   { MACSSIR, 0x00FFFF00u, false },   { MACSTSUR, 0xFFFFFFFFu, false },
  { MACSTNUR, 0xFFFFFFFFu, false },  { MACTSAR, 0xFFFFFFFFu, false },   { MTLTQOMR, MTLTQ_BITS, false },
  { MTLRQOMR, MTLRQ_BITS, false },   { DMAMR, 0x00037803u, false },     { DMASBMR, 0x0000D001u, false },
  { DMACCR, 0x001D3FFFu, false },    { DMACTCR, 0x003F1011u, false },   { DMACRCR, 0x803F7FFFu, false },
  { DMACTDLAR, 0xFFFFFFFCu, false }, { DMACRDLAR, 0xFFFFFFFCu, false }, { DMACTDTPR, 0xFFFFFFFCu, false },
  { DMACRDTPR, 0xFFFFFFFCu, false }, { DMACTDRLR, 0x000003FFu, false }, { DMACRDRLR, 0x000003FFu, false },
  { DMACIER, 0x0000FFC7u, false },   { DMACSR, 0x0000FFC7u, false },    { MACRXQC0R, OPEN_BITS, false },
  { MACVTR, 0xBF7FFFFFu, false },    { MACVIR, 0x001FFFFFu, false },
};

static uint32_t regs[REGS / 4];
#define R(reg) regs[(reg) / 4]

static struct twin_reset reset;
static uint64_t ftq_end_ns, ptp_end_ns;
static bool dead;
static uint8_t own_address[6];
static uint32_t missed;
static struct twin_clock clock1588;

enum rx_state {
  RX_STOPPED = 0,
  RX_FETCH = 1,
  RX_WAIT = 3,
  RX_SUSPENDED = 4,
  RX_CLOSE = 5,
  RX_CONTEXT = 6,
  RX_TRANSFER = 7,
  RX_GIVE_UP = 8
};
static struct {
  enum rx_state state;
  uint32_t at, word[4];
  size_t moved, in_buffer;
  bool demand, context;
  uint64_t stamp_ns;
  struct twin_frame frame; /**< as it goes to memory */
  bool has_tag;            /**< RDES0 will say it */
  uint16_t tag;
} rx;

/** Room for a packet that is cut into segments. */
enum { TSO_ROOM = 24000 };

/** What the context descriptor and the first one say of a packet that is cut. */
struct cut {
  size_t mss, head, text, tcp_head;
};

enum tx_state { TX_STOPPED = 0, TX_FETCH = 1, TX_READ = 3, TX_SUSPENDED = 6, TX_GIVE_UP = 8 };
struct pending {
  uint32_t at, word3;
  bool stamp, irq;
  uint64_t end_ns;
  struct cut cut; /**< mss 0: a frame as it is */
  size_t len;
  uint8_t octets[TSO_ROOM];
};
static struct {
  enum tx_state state;
  uint32_t at, word[4];
  size_t moved, len, told;
  bool demand, inside, stamp;
  unsigned sums;
  /* Of the context descriptor just before. */
  size_t mss; /**< 0: none */
  bool has_tag;
  uint16_t tag;
  bool tagged; /**< the frame gets the tag */
  struct cut cut;
  uint8_t octets[TSO_ROOM];
  struct pending wire[2];
  unsigned n_wire;
} tx;

static bool on(uint32_t reg, unsigned bit)
{
  return (R(reg) >> bit & 1) != 0;
}

/** Octets a queue has room for; on H5 and H7 it has all there is. */
static size_t queue_room(uint32_t field)
{
  return QUEUES ? (field + 1u) * 256u : FRAME_ROOM;
}

static bool rx_queue_takes(size_t len)
{
  return (!QUEUES || (R(MACRXQC0R) & 3) == 2) && len <= queue_room(R(MTLRQOMR) >> 20 & 0x3FF);
}

static bool tx_queue_takes(size_t len)
{
  return (!QUEUES || (R(MTLTQOMR) >> 2 & 3) == 2) && len <= queue_room(R(MTLTQOMR) >> 16 & 0x1FF);
}

static void forget(void)
{
  memset(regs, 0, sizeof regs);
  memset(&rx, 0, sizeof rx);
  memset(&tx, 0, sizeof tx);
  memset(&clock1588, 0, sizeof clock1588);
  clock1588.increment = 1;
  R(MACCR) = 0x8000;
  missed = 0;
  dead = false;
  twin_fifo_flush();
}

void mac_init(void)
{
  forget();
  memset(&reset, 0, sizeof reset);
  ftq_end_ns = 0;
  ptp_end_ns = 0;
}

static bool in_reset(void)
{
  return twin_reset_lasts(&reset);
}

static void raise(unsigned bit)
{
  R(DMACSR) |= BIT(bit);
}

bool mac_irq(void)
{
  const uint32_t events = R(DMACSR) & R(DMACIER);

  if ((events & NORMAL) != 0) {
    R(DMACSR) |= BIT(NIS);
  }
  if ((events & ABNORMAL) != 0) {
    R(DMACSR) |= BIT(AIS);
  }
  return (on(DMACSR, NIS) && on(DMACIER, NIS)) || (on(DMACSR, AIS) && on(DMACIER, AIS));
}

static void bus_error(void)
{
  twin.bus_errors++;
  raise(FBE);
  dead = true;
  rx.state = RX_STOPPED;
  tx.state = TX_STOPPED;
}

/** Octets from one descriptor to the next. */
static uint32_t pitch(void)
{
  return 16 + (R(DMACCR) >> 18 & 7) * BUS_WORD;
}

static uint32_t following(uint32_t at, uint32_t list, uint32_t last_index)
{
  return at == list + last_index * pitch() ? list : at + pitch();
}

/* ---- receive ---- */

static void rx_fetch(void)
{
  rx.demand = false;
  if (rx.at == R(DMACRDTPR) && twin_chance(2) == 0) { /* some stop at the tail, all at OWN */
    rx.state = RX_GIVE_UP;
    return;
  }
  if (!twin_dma_read_words(rx.at, rx.word, 4)) {
    bus_error();
    return;
  }
  rx.in_buffer = 0;
  if ((rx.word[3] & OWN) == 0) {
    rx.state = RX_GIVE_UP;
    return;
  }
  if ((rx.word[3] & BIT(24)) == 0 || (rx.word[0] & 3) != 0) {
    twin_fault("receive descriptor without a valid, aligned buffer");
  }
  rx.state = rx.context ? RX_CONTEXT : RX_WAIT;
}

/** A frame from the FIFO: with MACVTR.EVLS 3 its tag is taken off, with EVLRXS it is told. */
static void rx_begin(const struct twin_frame *f)
{
  const unsigned strip = R(MACVTR) >> 21 & 3;

  if (strip != 0 && strip != 3) {
    twin_fault("tags are taken off by filter: not modelled");
  }
  rx.frame = *f;
  rx.has_tag = twin_is_tagged(f->octets) && on(MACVTR, 24);
  rx.tag = (uint16_t)(f->octets[14] << 8 | f->octets[15]);
  if (strip == 3 && twin_is_tagged(f->octets)) {
    (void)twin_tag_take(rx.frame.octets, f->len);
    rx.frame.len = (uint16_t)(f->len - 4u);
  }
}

static size_t rx_size(void)
{
  return R(DMACRCR) >> 1 & 0x3FFF;
}

static void rx_transfer(const struct twin_frame *f)
{
  const size_t room = rx_size() - rx.in_buffer;
  size_t n = 1 + twin_chance(256);

  n = n < room ? n : room;
  n = n < f->len - rx.moved ? n : f->len - rx.moved;
  if (!twin_dma_write(rx.word[0] + (uint32_t)rx.in_buffer, f->octets + rx.moved, n)) {
    bus_error();
    return;
  }
  rx.in_buffer += n;
  rx.moved += n;
  if (rx.in_buffer == rx_size() || rx.moved == f->len) {
    rx.state = RX_CLOSE;
  }
}

static uint32_t rx_sums(const struct twin_frame *f)
{
  const struct twin_sum_status s = twin_sum_check(f->octets, f->len);

  if (!on(MACCR, 27) || s.verdict == SUM_NOT_IP) {
    return 0;
  }
  return (s.v6 ? BIT(5) : BIT(4)) | (s.verdict == SUM_BYPASSED ? BIT(6) : 0) |
         (s.verdict == SUM_BAD_PAYLOAD ? BIT(7) : 0) | (s.verdict == SUM_BAD_HEADER ? BIT(3) : 0) | s.type;
}

static bool rx_write(uint32_t w0, uint32_t w1, uint32_t w2, uint32_t w3)
{
  return twin_dma_write_word(rx.at, w0) && twin_dma_write_word(rx.at + 4, w1) && twin_dma_write_word(rx.at + 8, w2) &&
         twin_dma_write_word(rx.at + 12, w3);
}

static void rx_next(void)
{
  rx.at = following(rx.at, R(DMACRDLAR), R(DMACRDRLR));
  rx.state = RX_FETCH;
}

static void rx_frame_over(void)
{
  twin.rx_frames++;
  twin_fifo_drop();
  rx.moved = 0;
  raise(RI);
}

static void rx_close(const struct twin_frame *f)
{
  const bool first = rx.moved == rx.in_buffer, last = rx.moved == f->len;
  const bool stamped = last && clock1588.on;
  uint32_t w3 = (first ? BIT(29) : 0) | BIT(16);

  if (last) {
    w3 |= BIT(28) | BIT(26) | (rx.has_tag ? BIT(25) : 0) | (f->damaged ? BIT(24) | BIT(15) : 0) | f->len;
  }
  rx.stamp_ns = twin_clock_now(&clock1588);
  if (!rx_write(0xDEAD0000u | (rx.has_tag ? rx.tag : 0xBEEFu), last ? rx_sums(f) | (stamped ? BIT(14) : 0) : 0, 0,
                w3)) {
    bus_error();
    return;
  }
  rx_next();
  if (stamped) {
    rx.context = true;
  } else if (last) {
    rx_frame_over();
  }
}

/** The stamp takes a descriptor of its own, whose buffer stays as it is. */
static void rx_context(void)
{
  if (!rx_write((uint32_t)(rx.stamp_ns % 1000000000u), (uint32_t)(rx.stamp_ns / 1000000000u), 0, BIT(30))) {
    bus_error();
    return;
  }
  rx.context = false;
  rx_next();
  rx_frame_over();
}

static void rx_step(void)
{
  const struct twin_frame *f = twin_fifo_first();

  if (!on(DMACRCR, 0) && rx.moved == 0 && !rx.context && rx.state != RX_STOPPED) {
    rx.state = RX_STOPPED;
  }
  switch (rx.state) {
    case RX_STOPPED:
      if (on(DMACRCR, 0)) {
        rx.state = RX_FETCH;
      }
      break;
    case RX_FETCH:
      rx_fetch();
      break;
    case RX_WAIT:
      if (twin.rx_dead) {
        rx.state = RX_SUSPENDED;
      } else if (f != NULL && rx_queue_takes(f->len)) {
        if (rx.moved == 0) {
          rx_begin(f);
        }
        rx.state = RX_TRANSFER;
      }
      break;
    case RX_TRANSFER:
      rx_transfer(&rx.frame);
      break;
    case RX_CLOSE:
      rx_close(&rx.frame);
      break;
    case RX_CONTEXT:
      rx_context();
      break;
    case RX_GIVE_UP:
      if (twin_chance(8) != 0) {
        rx.state = RX_FETCH; /* it may look again before it gives up */
        break;
      }
      raise(RBU);
      rx.state = RX_SUSPENDED;
      break;
    case RX_SUSPENDED:
      if (rx.demand && !twin.rx_dead && on(DMACRCR, 0)) {
        rx.state = RX_FETCH;
      }
      break;
  }
}

/* ---- transmit ---- */

/** The first descriptor of a packet to be cut: its headers and nothing else. */
static void tx_check_cut(void)
{
  const unsigned words = tx.word[3] >> 19 & 15;

  tx.cut.mss = tx.mss;
  tx.cut.head = tx.word[2] & 0x3FFF;
  tx.cut.text = tx.word[3] & 0x3FFFF;
  tx.cut.tcp_head = words * 4u;
  if (!on(DMACTCR, 12)) {
    twin_fault("a packet is to be cut, and the DMA may not");
  }
  if (tx.mss < 64) {
    twin_fault("a packet is to be cut into pieces of %zu octets", tx.mss);
  }
  if (words < 5 || tx.cut.head > 1023 || tx.cut.head < 34 + 4 * words || (tx.word[3] & BIT(28)) != 0) {
    twin_fault("a packet is to be cut whose first descriptor does not have its headers alone");
  }
  if (tx.stamp) {
    twin_fault("a packet is to be cut and stamped");
  }
}

/** A descriptor that goes before a frame: the size of segments, a tag, or both. */
static bool tx_is_context(void)
{
  const uint32_t what = tx.word[3] & ~(OWN | BIT(30) | 0xFFFFu);

  if ((tx.word[3] & BIT(30)) == 0) {
    return false;
  }
  if (tx.inside || what == 0 || (what & ~(BIT(26) | BIT(16))) != 0 || (tx.word[2] & ~0x3FFFu) != 0 ||
      ((what & BIT(16)) == 0 && (tx.word[3] & 0xFFFF) != 0)) {
    twin_fault("context descriptor %#x %#x", tx.word[2], tx.word[3]);
  }
  tx.mss = (what & BIT(26)) != 0 ? tx.word[2] : 0;
  tx.has_tag = (what & BIT(16)) != 0;
  tx.tag = (uint16_t)tx.word[3];
  return true;
}

/** What shall be done about tags, and is all there that is needed for it? */
static bool tx_gets_tag(void)
{
  const unsigned what = tx.word[2] >> 14 & 3;

  if (what != 0 && what != 2) {
    twin_fault("a tag is to be removed or replaced: not modelled");
  }
  if (what == 2 && (!on(MACVIR, 20) || on(MACVIR, 18) || !tx.has_tag)) {
    twin_fault("a tag is to be put on, and nobody says which");
  }
  return what == 2;
}

static void tx_check(void)
{
  const bool fd = (tx.word[3] & BIT(29)) != 0;

  if (fd == tx.inside) {
    twin_fault(fd ? "a frame begins inside another one" : "a frame without its first descriptor");
  }
  if ((tx.word[3] & BIT(30)) != 0 || (tx.word[2] & 0x3FFF) == 0 || (tx.word[2] >> 16 & 0x3FFF) != 0) {
    twin_fault("transmit descriptor is empty, a context, or has a second buffer");
  }
  if (fd) {
    tx.inside = true;
    tx.len = 0;
    tx.told = tx.word[3] & 0x7FFF;
    tx.sums = tx.word[3] >> 16 & 3;
    tx.stamp = (tx.word[2] & BIT(30)) != 0;
    tx.cut.mss = 0;
    tx.tagged = tx_gets_tag();
    if ((tx.word[3] & BIT(18)) != 0) {
      tx_check_cut();
    }
    tx.mss = 0;
    tx.has_tag = false;
  } else if ((tx.word[2] >> 14 & 3) != 0) {
    twin_fault("a tag in the middle of a frame");
  }
}

/** Write-back: of the driver's words nothing is left. */
static bool tx_write(uint32_t at, uint32_t w0, uint32_t w1, uint32_t w3)
{
  return twin_dma_write_word(at, w0) && twin_dma_write_word(at + 4, w1) && twin_dma_write_word(at + 8, 0xDEADDEADu) &&
         twin_dma_write_word(at + 12, w3);
}

static void tx_fetch(void)
{
  if (tx.n_wire == 2) {
    return;
  }
  tx.demand = false;
  if (tx.at == R(DMACTDTPR) && twin_chance(2) == 0) {
    if (tx.inside) {
      twin_fault("the tail pointer is inside a frame");
    }
    tx.state = TX_GIVE_UP;
    return;
  }
  if (!twin_dma_read_words(tx.at, tx.word, 4)) {
    bus_error();
    return;
  }
  if ((tx.word[3] & OWN) == 0) {
    if (tx.inside) {
      twin_fault("the DMA meets a frame whose later descriptors are not its own yet");
    }
    tx.state = TX_GIVE_UP;
    return;
  }
  if (tx_is_context()) {
    if (!tx_write(tx.at, 0xDEADDEADu, 0xDEADDEADu, BIT(30))) {
      bus_error();
    }
    tx.at = following(tx.at, R(DMACTDLAR), R(DMACTDRLR));
    return;
  }
  tx_check();
  tx.moved = 0;
  tx.state = TX_READ;
}

static void tx_frame_done(void)
{
  struct pending *p = &tx.wire[tx.n_wire++];

  if (!on(MTLTQOMR, 1)) {
    twin_fault("no store and forward");
  }
  if (tx.cut.mss == 0 && !tx_queue_takes(tx.len)) {
    twin_fault("a transmit queue that is closed, or too short for %zu octets", tx.len);
  }
  if (tx.tagged && tx.cut.mss == 0 && tx.len > 1514) {
    twin_fault("frame of %zu octets, and a tag", tx.len);
  }
  if (tx.cut.mss != 0 ? tx.len != tx.cut.head + tx.cut.text : tx.len > 1518 || tx.len != tx.told) {
    twin_fault("frame of %zu octets, the first descriptor says %zu", tx.len,
               tx.cut.mss != 0 ? tx.cut.head + tx.cut.text : tx.told);
  }
  if (tx.cut.mss == 0) {
    twin_sum_insert(tx.octets, tx.len, tx.sums);
  }
  if (tx.tagged) {
    twin_tag_put(tx.octets, tx.len, tx.tag);
    tx.len += 4;
    tx.cut.head += 4;
  }
  while (tx.len < 60) {
    tx.octets[tx.len++] = 0;
  }
  memcpy(p->octets, tx.octets, tx.len);
  p->len = tx.len;
  p->cut = tx.cut;
  p->at = tx.at;
  p->word3 = tx.word[3];
  p->stamp = tx.stamp;
  p->irq = (tx.word[2] & BIT(31)) != 0;
  p->end_ns = twin_wire_end_ns(tx.n_wire == 2 ? tx.wire[0].end_ns : twin.now_ns, tx.len);
  tx.inside = false;
}

static void tx_read(void)
{
  const size_t size = tx.word[2] & 0x3FFF;
  size_t n = 1 + twin_chance(512);

  n = n < size - tx.moved ? n : size - tx.moved;
  if (tx.len + n > (tx.cut.mss != 0 ? TSO_ROOM : FRAME_ROOM)) {
    twin_fault("more octets than the FIFO holds");
  }
  if (!twin_dma_read(tx.word[0] + (uint32_t)tx.moved, tx.octets + tx.len, n)) {
    bus_error();
    return;
  }
  tx.moved += n;
  tx.len += n;
  if (tx.moved < size) {
    return;
  }
  if ((tx.word[3] & BIT(28)) != 0) {
    tx_frame_done();
  } else if (!tx_write(tx.at, 0xDEADDEADu, 0xDEADDEADu, tx.word[3] & BIT(29))) {
    bus_error();
    return;
  }
  tx.at = following(tx.at, R(DMACTDLAR), R(DMACTDRLR));
  tx.state = TX_FETCH;
}

static void put32(uint8_t *p, uint32_t v)
{
  p[0] = (uint8_t)(v >> 24);
  p[1] = (uint8_t)(v >> 16);
  p[2] = (uint8_t)(v >> 8);
  p[3] = (uint8_t)v;
}

/** A piece of the text behind headers made right for it: only what the MAC sets is set. */
static void send_segment(const struct pending *p, size_t at, size_t n)
{
  static uint8_t f[FRAME_ROOM];
  const bool last = at + n == p->cut.text;
  uint8_t *ip, *tcp;
  uint32_t seq;

  memcpy(f, p->octets, p->cut.head);
  memcpy(f + p->cut.head, p->octets + p->cut.head + at, n);
  ip = f + (f[12] == 0x81 ? 18 : 14);
  if (ip[0] >> 4 == 6) {
    tcp = ip + 40;
    ip[4] = (uint8_t)((p->cut.head + n - (size_t)(tcp - f)) >> 8);
    ip[5] = (uint8_t)(p->cut.head + n - (size_t)(tcp - f));
  } else {
    tcp = ip + (ip[0] & 15) * 4;
    ip[2] = (uint8_t)((p->cut.head + n - (size_t)(ip - f)) >> 8);
    ip[3] = (uint8_t)(p->cut.head + n - (size_t)(ip - f));
    ip[5] = (uint8_t)(ip[5] + at / p->cut.mss);
  }
  if ((tcp[12] >> 4) * 4u != p->cut.tcp_head || p->cut.head != (size_t)(tcp - f) + p->cut.tcp_head || tcp[16] != 0 ||
      tcp[17] != 0 || (tcp[13] & 0x80) != 0) {
    twin_fault("a packet is cut whose headers are not those of TCP, or have a checksum, or CWR");
  }
  if (p->cut.head + n > 1518) {
    twin_fault("a packet is cut into frames of %zu octets", p->cut.head + n);
  }
  seq = (uint32_t)tcp[4] << 24 | (uint32_t)tcp[5] << 16 | (uint32_t)tcp[6] << 8 | tcp[7];
  put32(tcp + 4, seq + (uint32_t)at);
  tcp[13] = (uint8_t)(last ? tcp[13] : tcp[13] & ~0x09);
  twin_sum_insert(f, p->cut.head + n, 3);
  twin.sent(f, p->cut.head + n < 60 ? 60 : p->cut.head + n);
}

static void send_pending(const struct pending *p)
{
  size_t at, n;

  if (p->cut.mss == 0) {
    twin.sent(p->octets, p->len);
    return;
  }
  for (at = 0; at < p->cut.text; at += n) {
    n = p->cut.text - at < p->cut.mss ? p->cut.text - at : p->cut.mss;
    send_segment(p, at, n);
  }
}

static void tx_wire(void)
{
  struct pending p;
  const uint64_t now = twin_clock_now(&clock1588);
  bool stamped;

  if (tx.n_wire == 0 || twin.now_ns < tx.wire[0].end_ns || !on(MACCR, 1) || twin.tx_dead) {
    return;
  }
  p = tx.wire[0];
  stamped = p.stamp && clock1588.on;
  memmove(&tx.wire[0], &tx.wire[1], sizeof p);
  tx.n_wire--;
  if (twin_mode_fits() && twin.sent != NULL) {
    send_pending(&p);
  }
  twin.tx_frames++;
  if (!tx_write(p.at, stamped ? (uint32_t)(now % 1000000000u) : 0xDEADDEADu,
                stamped ? (uint32_t)(now / 1000000000u) : 0xDEADDEADu,
                (p.word3 & (BIT(29) | BIT(28))) | (stamped ? BIT(17) : 0))) {
    bus_error();
  } else if (p.irq) {
    raise(TI);
  }
}

/** What waits in the queue is thrown away, and its descriptors say so. */
static void flush(void)
{
  unsigned i;

  if (tx.state != TX_STOPPED && tx.state != TX_SUSPENDED) {
    twin_fault("transmit queue flushed while the DMA fills it");
  }
  for (i = 0; i < tx.n_wire; i++) {
    (void)tx_write(tx.wire[i].at, 0xDEADDEADu, 0xDEADDEADu,
                   (tx.wire[i].word3 & (BIT(29) | BIT(28))) | BIT(15) | BIT(13));
  }
  tx.n_wire = 0;
}

static void tx_step(void)
{
  tx_wire();
  if (dead) {
    return;
  }
  if (!on(DMACTCR, 0) && !tx.inside && tx.n_wire == 0 && tx.state != TX_STOPPED) {
    tx.state = TX_STOPPED;
  }
  switch (tx.state) {
    case TX_STOPPED:
      if (on(DMACTCR, 0)) {
        tx.state = TX_FETCH;
      }
      break;
    case TX_FETCH:
      if (on(DMACTCR, 0) || tx.inside) {
        tx_fetch();
      }
      break;
    case TX_READ:
      tx_read();
      break;
    case TX_GIVE_UP:
      if (twin_chance(8) != 0) {
        tx.state = TX_FETCH;
        break;
      }
      raise(TBU);
      tx.state = TX_SUSPENDED;
      break;
    case TX_SUSPENDED:
      if (tx.demand && on(DMACTCR, 0)) {
        tx.state = TX_FETCH;
      }
      break;
  }
}

void mac_step(void)
{
  if (in_reset() || dead) {
    return;
  }
  if (twin_chance(2) == 0) {
    rx_step();
  } else {
    tx_step();
  }
}

bool mac_idle(void)
{
  return (rx.state == RX_STOPPED || rx.state == RX_SUSPENDED || rx.state == RX_WAIT) && twin_fifo_empty() &&
         (tx.state == TX_STOPPED || (tx.state == TX_SUSPENDED && !tx.demand)) && tx.n_wire == 0;
}

bool mac_rx_on(void)
{
  return !in_reset() && on(MACCR, 0) && on(DMACRCR, 0) && !on(MACPCSR, 0);
}

bool mac_accepts(const uint8_t *dest)
{
  return twin_filter(dest, own_address, on(MACPFR, 0), on(MACPFR, 4), on(MACPFR, 2), R(MACHT0R), R(MACHT1R));
}

static bool tag_matches(const uint8_t *frame)
{
  return twin_tag_matches(frame, (uint16_t)R(MACVTR), !on(MACVTR, 16)) != on(MACVTR, 17);
}

bool mac_accepts_tag(const uint8_t *frame)
{
  return !on(MACPFR, 16) || !twin_is_tagged(frame) || tag_matches(frame);
}

int mac_speed(void)
{
  return on(MACCR, 14) ? 100 : 10;
}

bool mac_full(void)
{
  return on(MACCR, 13);
}

bool mac_sleeping(void)
{
  return on(MACPCSR, 0) && on(MACPCSR, 1) && on(MACCR, 0) && rx.state == RX_STOPPED && tx.state == TX_STOPPED;
}

void mac_magic(void)
{
  if (mac_sleeping()) {
    R(MACPCSR) = (R(MACPCSR) & ~1u) | BIT(5);
  }
}

void mac_missed(void)
{
  missed++;
}

uint64_t mac_ptp_ns(void)
{
  return twin_clock_now(&clock1588);
}

/* ---- registers ---- */

uint32_t mac_read(uint32_t offset)
{
  uint32_t value;

  twin_reg_check_read(offset, REGS);
  if (in_reset() && offset != DMAMR) {
    twin_fault("register %#x read during reset", offset);
  }
  switch (offset) {
    case DMAMR:
      return in_reset() ? 1 : R(offset);
    case MACMDIOAR:
      return R(offset) | (twin_mdio_busy() ? 1 : 0);
    case MACMDIODR:
      return twin_mdio_value();
    case MACPCSR:
      value = R(offset);
      R(offset) &= ~(BIT(5) | BIT(6));
      return value;
    case MACTSCR:
      return twin.now_ns < ptp_end_ns ? R(offset) : R(offset) & ~0x2Cu;
    case MACSTSR:
      return (uint32_t)(mac_ptp_ns() / 1000000000u);
    case MACSTNR:
      return (uint32_t)(mac_ptp_ns() % 1000000000u);
    case MTLTQOMR:
      return twin.now_ns < ftq_end_ns ? R(offset) : R(offset) & ~1u;
    case DMADSR:
      return (unsigned)(rx.state == RX_GIVE_UP ? RX_FETCH : rx.state) << 8 |
             (unsigned)(tx.state == TX_GIVE_UP ? TX_FETCH : tx.state) << 12;
    case MACHWF0R:
      return BIT(27);
    case MACHWF1R:
      return BIT(18);
    case DMACMFCR:
      value = missed;
      missed = 0;
      return value;
    case MTLRQMPOCR:
      return 0;
    default:
      return R(offset);
  }
}

static void check_write(uint32_t offset, uint32_t value)
{
  if (in_reset()) {
    twin_fault("register %#x written during reset", offset);
  }
  (void)twin_reg_known(known, sizeof known / sizeof known[0], offset, value);
  if (!reset.was && offset > DMASBMR) {
    twin_fault("DMA used before a reset");
  }
}

static void mdio(uint32_t value)
{
  static const unsigned dividers[16] = { 42, 62, 16, 26, 102, 124, 1, 1, 4, 6, 8, 10, 12, 14, 16, 18 };
  const unsigned operation = value >> 2 & 3;

  if ((value & 1) != 0) {
    if (operation != 1 && operation != 3) {
      twin_fault("MDIO operation %u", operation);
    }
    twin_mdio_start(value >> 21 & 31, value >> 16 & 31, operation == 1, (uint16_t)R(MACMDIODR),
                    dividers[value >> 8 & 15]);
  }
  R(MACMDIOAR) = value & ~1u;
}

/** Addresses and lengths of the rings belong to a DMA that stands still, tails to one that is there. */
static void write_ring(uint32_t offset, uint32_t value)
{
  const bool of_rx = offset == DMACRDLAR || offset == DMACRDRLR;

  if (of_rx ? rx.state != RX_STOPPED && rx.state != RX_SUSPENDED : tx.state != TX_STOPPED && tx.state != TX_SUSPENDED) {
    twin_fault("ring changed while its DMA runs");
  }
  if ((offset == DMACRDLAR || offset == DMACTDLAR) && value % 16 != 0) {
    twin_fault("ring at %#x is not aligned", value);
  }
  R(offset) = value;
  if (offset == DMACRDLAR) {
    rx.at = value;
    rx.state = RX_STOPPED;
  } else if (offset == DMACTDLAR) {
    tx.at = value;
    tx.state = TX_STOPPED;
  }
}

static void check_tail(uint32_t value, uint32_t list, uint32_t last_index)
{
  if (value < list || value > list + last_index * pitch() || (value - list) % pitch() != 0) {
    twin_fault("tail pointer %#x is no descriptor of the ring", value);
  }
}

static void write_control(uint32_t offset, uint32_t value)
{
  switch (offset) {
    case MACCR:
      if ((value & BIT(15)) == 0) {
        twin_fault("reserved bit 15 of MACCR cleared");
      }
      if (((value ^ R(MACCR)) & (BIT(14) | BIT(13))) != 0 && (R(MACCR) & 3) != 0 && (value & 3) != 0) {
        twin_fault("speed or duplex changed while the MAC runs");
      }
      break;
    case MTLTQOMR:
      if ((value & 1) != 0) {
        flush();
        ftq_end_ns = twin.now_ns + 300;
      }
      break;
    case DMACTCR:
      if ((value & 1) != 0 && (value >> 16 & 63) == 0) {
        twin_fault("transmit bursts of no length");
      }
      break;
    case DMACRCR:
      if ((value & 1) != 0 && ((value & 7) != 1 || (value >> 16 & 63) == 0)) {
        twin_fault("receive buffers are no multiple of 4, or bursts of no length");
      }
      break;
    default:
      break;
  }
  R(offset) = value;
}

void mac_write(uint32_t offset, uint32_t value)
{
  check_write(offset, value);
  switch (offset) {
    case DMAMR:
      if ((value & 1) != 0) {
        forget();
        twin_reset_begin(&reset);
      }
      break;
    case MACMDIOAR:
      mdio(value);
      break;
    case MACA0LR:
      R(offset) = value;
      twin_address(own_address, R(MACA0HR), value);
      break;
    case MACTSCR:
      twin_clock_settle(&clock1588);
      clock1588.increment = R(MACSSIR) >> 16;
      twin_ptp_command(&clock1588, value, R(MACSTSUR), R(MACSTNUR), R(MACTSAR));
      R(offset) = value;
      ptp_end_ns = twin.now_ns + 300;
      break;
    case DMACRDLAR:
    case DMACTDLAR:
    case DMACRDRLR:
    case DMACTDRLR:
      write_ring(offset, value);
      break;
    case DMACTDTPR:
      check_tail(value, R(DMACTDLAR), R(DMACTDRLR));
      R(offset) = value;
      tx.demand = !twin.tx_deaf;
      break;
    case DMACRDTPR:
      check_tail(value, R(DMACRDLAR), R(DMACRDRLR));
      R(offset) = value;
      rx.demand = !twin.rx_lose_kick && !twin.rx_deaf;
      twin.rx_lose_kick = false;
      break;
    case DMACSR:
      R(offset) &= ~value;
      break;
    default:
      write_control(offset, value);
      break;
  }
}
