/**
 * The MAC of F107, F2, F4 and F7: registers and both DMAs.
 *
 * Each DMA is a small machine: fetch a descriptor, move some octets, close the descriptor, one of these a step.  The states are
 * those the status register shows.
 */
#include "twin.h"
#include <string.h>

#ifdef TWIN_F1
#define ENHANCED_POSSIBLE false
#else
#define ENHANCED_POSSIBLE true
#endif

enum {
  MACCR = 0x000,
  MACFFR = 0x004,
  MACHTHR = 0x008,
  MACHTLR = 0x00C,
  MACMIIAR = 0x010,
  MACMIIDR = 0x014,
  MACFCR = 0x018,
  MACVLANTR = 0x01C,
  MACPMTCSR = 0x02C,
  MACDBGR = 0x034,
  MACIMR = 0x03C,
  MACA0HR = 0x040,
  MACA0LR = 0x044,
  MMCRIMR = 0x10C,
  MMCTIMR = 0x110,
  PTPTSCR = 0x700,
  PTPSSIR = 0x704,
  PTPTSHR = 0x708,
  PTPTSLR = 0x70C,
  PTPTSHUR = 0x710,
  PTPTSLUR = 0x714,
  PTPTSAR = 0x718,
  DMABMR = 0x1000,
  DMATPDR = 0x1004,
  DMARPDR = 0x1008,
  DMARDLAR = 0x100C,
  DMATDLAR = 0x1010,
  DMASR = 0x1014,
  DMAOMR = 0x1018,
  DMAIER = 0x101C,
  DMAMFBOCR = 0x1020,
  REGS = 0x1100
};

#define BIT(n) (1u << (n))
#define OWN BIT(31)

/* DMASR */
enum { TS = 0, TBUS = 2, RS = 6, RBUS = 7, FBES = 13, AIS = 15, NIS = 16 };
#define NORMAL (BIT(TS) | BIT(TBUS) | BIT(RS) | BIT(14))
#define CLEARABLE 0x0001E7FFu

static const struct twin_known known[] = {
  { MACCR, 0x02CFFEFCu, true },     { MACFFR, 0x800007FFu, true },    { MACHTHR, 0xFFFFFFFFu, true },
  { MACHTLR, 0xFFFFFFFFu, true },   { MACMIIAR, 0x0000FFDFu, false }, { MACMIIDR, 0x0000FFFFu, false },
  { MACFCR, 0xFFFF00BFu, true },    { MACPMTCSR, 0x80000207u, true }, { MACIMR, 0x00000208u, false },
  { MACA0HR, 0x0000FFFFu, false },  { MACA0LR, 0xFFFFFFFFu, false },  { MMCRIMR, 0x00020060u, false },
  { MMCTIMR, 0x0020C000u, false },  { PTPTSCR, 0x0007FF3Fu, false },  { PTPSSIR, 0x000000FFu, false },
  { PTPTSHUR, 0xFFFFFFFFu, false }, { PTPTSLUR, 0xFFFFFFFFu, false }, { PTPTSAR, 0xFFFFFFFFu, false },
  { DMABMR, 0x07FFFFFFu, true },    { DMATPDR, 0xFFFFFFFFu, false },  { DMARPDR, 0xFFFFFFFFu, false },
  { DMARDLAR, 0xFFFFFFFFu, false }, { DMATDLAR, 0xFFFFFFFFu, false }, { DMASR, CLEARABLE, false },
  { MACVLANTR, 0x0001FFFFu, true }, { DMAOMR, 0x0731E0DEu, true },    { DMAIER, 0x0001E7FFu, false },
};

static uint32_t regs[REGS / 4];
#define R(reg) regs[(reg) / 4]

static uint64_t written_ns[REGS / 4];
static struct twin_reset reset;
static uint64_t ftf_end_ns, ptp_end_ns;
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
  RX_TRANSFER = 7,
  RX_GIVE_UP = 8
};
static struct {
  enum rx_state state;
  uint32_t at, word[8];
  size_t moved, in_buffer; /**< octets of the frame so far, of them in this buffer */
  bool demand, first;
} rx;

enum tx_state { TX_STOPPED = 0, TX_FETCH = 1, TX_READ = 3, TX_SUSPENDED = 6, TX_GIVE_UP = 8 };
struct pending {
  uint32_t at, word0;
  bool stamp;
  uint64_t end_ns;
  size_t len;
  uint8_t octets[FRAME_ROOM];
};
static struct {
  enum tx_state state;
  uint32_t at, word[8];
  size_t moved, len;
  bool demand, inside, stamp;
  unsigned sums;
  uint8_t octets[FRAME_ROOM];
  struct pending wire[2];
  unsigned n_wire;
} tx;

static bool on(uint32_t reg, unsigned bit)
{
  return (R(reg) >> bit & 1) != 0;
}

static bool enhanced(void)
{
  return on(DMABMR, 7);
}

static void forget(void)
{
  memset(regs, 0, sizeof regs);
  memset(written_ns, 0, sizeof written_ns);
  memset(&rx, 0, sizeof rx);
  memset(&tx, 0, sizeof tx);
  memset(&clock1588, 0, sizeof clock1588);
  clock1588.increment = 1;
  R(MACCR) = 0x8000;
  R(DMABMR) = 0x20100;
  missed = 0;
  dead = false;
  twin_fifo_flush();
}

void mac_init(void)
{
  forget();
  memset(&reset, 0, sizeof reset);
  ftf_end_ns = 0;
  ptp_end_ns = 0;
}

static bool in_reset(void)
{
  return twin_reset_lasts(&reset);
}

static void raise(unsigned bit)
{
  R(DMASR) |= BIT(bit);
  if ((R(DMAIER) >> bit & 1) != 0) {
    R(DMASR) |= (NORMAL >> bit & 1) != 0 ? BIT(NIS) : BIT(AIS);
  }
}

bool mac_irq(void)
{
  const uint32_t events = R(DMASR) & R(DMAIER);

  if ((events & NORMAL) != 0) {
    R(DMASR) |= BIT(NIS);
  }
  if ((events & 0xFFFF & ~NORMAL & ~BIT(AIS)) != 0) {
    R(DMASR) |= BIT(AIS);
  }
  return (on(DMASR, NIS) && on(DMAIER, NIS)) || (on(DMASR, AIS) && on(DMAIER, AIS));
}

/** EBS: 23 transmit, 24 read, 25 descriptor. */
static void bus_error(unsigned source)
{
  twin.bus_errors++;
  R(DMASR) = (R(DMASR) & ~(7u << 23)) | source << 23;
  raise(FBES);
  dead = true;
  rx.state = RX_STOPPED;
  tx.state = TX_STOPPED;
}

/* ---- receive ---- */

static void rx_fetch(void)
{
  rx.demand = false;
  if (!twin_dma_read_words(rx.at, rx.word, enhanced() ? 8 : 4)) {
    bus_error(6);
    return;
  }
  rx.in_buffer = 0;
  rx.state = (rx.word[0] & OWN) != 0 ? RX_WAIT : RX_GIVE_UP;
  if (rx.state == RX_WAIT && ((rx.word[1] & 0x1FFF) == 0 || (rx.word[1] & 3) != 0 || (rx.word[1] & BIT(14)) == 0)) {
    twin_fault("receive descriptor with length %u, not chained or not a multiple of 4", rx.word[1] & 0x1FFF);
  }
}

static size_t rx_total(const struct twin_frame *f)
{
  return f->len + 4u;
}

static void rx_transfer(const struct twin_frame *f)
{
  static const uint8_t crc[4] = { 0xC4, 0xC5, 0xC6, 0xC7 };
  uint8_t piece[256];
  const size_t room = (rx.word[1] & 0x1FFF) - rx.in_buffer;
  size_t n = 1 + twin_chance(sizeof piece), i;

  n = n < room ? n : room;
  n = n < rx_total(f) - rx.moved ? n : rx_total(f) - rx.moved;
  for (i = 0; i < n; i++) {
    piece[i] = rx.moved + i < f->len ? f->octets[rx.moved + i] : crc[rx.moved + i - f->len];
  }
  if (!twin_dma_write(rx.word[2] + (uint32_t)rx.in_buffer, piece, n)) {
    bus_error(0);
    return;
  }
  rx.in_buffer += n;
  rx.moved += n;
  if (rx.in_buffer == (rx.word[1] & 0x1FFF) || rx.moved == rx_total(f)) {
    rx.state = RX_CLOSE;
  }
}

static uint32_t rx_sums(const struct twin_frame *f, uint32_t *word4)
{
  const struct twin_sum_status s = twin_sum_check(f->octets, f->len);

  *word4 = 0;
  if (!on(MACCR, 10)) {
    return 0;
  }
  if (enhanced()) {
    if (s.verdict == SUM_NOT_IP) {
      return 0;
    }
    *word4 = (s.v6 ? BIT(7) : BIT(6)) | (s.verdict == SUM_BYPASSED ? BIT(5) : 0) |
             (s.verdict == SUM_BAD_PAYLOAD ? BIT(4) : 0) | (s.verdict == SUM_BAD_HEADER ? BIT(3) : 0) | s.type;
    return BIT(0);
  }
  switch (s.verdict) {
    case SUM_NOT_IP:
      return (f->octets[12] << 8 | f->octets[13]) >= 0x600 ? BIT(7) | BIT(0) | 0x80000000u : 0;
    case SUM_BYPASSED:
      return BIT(0) | 0x80000000u; /* the type bit is cleared by the caller */
    case SUM_BAD_PAYLOAD:
      return BIT(0);
    case SUM_BAD_HEADER:
      return BIT(7);
    default:
      return 0;
  }
}

static bool rx_write_status(uint32_t status, uint32_t word4)
{
  const uint64_t now = twin_clock_now(&clock1588);
  bool ok = true;

  if (enhanced()) {
    ok = twin_dma_write_word(rx.at + 16, word4);
    if (clock1588.on && (status & BIT(8)) != 0) {
      ok = ok && twin_dma_write_word(rx.at + 24, (uint32_t)(now % 1000000000u)) &&
           twin_dma_write_word(rx.at + 28, (uint32_t)(now / 1000000000u));
      status |= BIT(7);
    }
  }
  return ok && twin_dma_write_word(rx.at, status);
}

static void rx_close(const struct twin_frame *f)
{
  const bool last = rx.moved == rx_total(f);
  const bool type = (f->octets[12] << 8 | f->octets[13]) >= 0x600;
  uint32_t word4 = 0, sums = last ? rx_sums(f, &word4) : 0;
  uint32_t status = (rx.first ? BIT(9) : 0) | (type && (sums & OWN) == 0 ? BIT(5) : 0) | (sums & ~OWN);

  if (last) {
    status |= BIT(8) | (uint32_t)rx_total(f) << 16 | (f->damaged ? BIT(15) | BIT(1) : 0);
    status |= twin_tag_matches(f->octets, (uint16_t)R(MACVLANTR), !on(MACVLANTR, 16)) ? BIT(10) : 0;
  }
  if (!rx_write_status(status, word4)) {
    bus_error(4);
    return;
  }
  rx.first = false;
  rx.at = rx.word[3];
  rx.state = RX_FETCH;
  if (last) {
    twin.rx_frames++;
    twin_fifo_drop();
    rx.moved = 0;
    rx.first = true;
    raise(RS);
  }
}

static void rx_step(void)
{
  const struct twin_frame *f = twin_fifo_first();

  if (!on(DMAOMR, 1) && rx.moved == 0 && rx.state != RX_STOPPED) {
    rx.state = RX_STOPPED;
  }
  switch (rx.state) {
    case RX_STOPPED:
      if (on(DMAOMR, 1)) {
        rx.state = RX_FETCH;
      }
      break;
    case RX_FETCH:
      rx_fetch();
      break;
    case RX_WAIT:
      if (twin.rx_dead) {
        rx.state = RX_SUSPENDED;
      } else if (f != NULL) {
        rx.state = RX_TRANSFER;
        rx.first = rx.moved == 0;
      }
      break;
    case RX_TRANSFER:
      rx_transfer(f);
      break;
    case RX_CLOSE:
      rx_close(f);
      break;
    case RX_GIVE_UP:
      if (twin_chance(8) != 0) {
        rx.state = RX_FETCH; /* it may look again before it gives up */
        break;
      }
      raise(RBUS);
      rx.state = RX_SUSPENDED;
      break;
    case RX_SUSPENDED:
      if (rx.demand && !twin.rx_dead && on(DMAOMR, 1)) {
        rx.state = RX_FETCH;
      }
      break;
  }
}

/* ---- transmit ---- */

static void tx_check_first(void)
{
  const bool fs = (tx.word[0] & BIT(28)) != 0;

  if (fs == tx.inside) {
    twin_fault(fs ? "a frame begins inside another one" : "a frame without its first segment");
  }
  if ((tx.word[0] & BIT(20)) == 0 || (tx.word[1] & 0x1FFF) == 0) {
    twin_fault("transmit descriptor not chained, or empty");
  }
  if (fs) {
    tx.inside = true;
    tx.len = 0;
    tx.sums = tx.word[0] >> 22 & 3;
    tx.stamp = (tx.word[0] & BIT(25)) != 0;
  }
}

static void tx_fetch(void)
{
  if (tx.n_wire == 2) {
    return;
  }
  tx.demand = false;
  if (!twin_dma_read_words(tx.at, tx.word, enhanced() ? 8 : 4)) {
    bus_error(7);
    return;
  }
  if ((tx.word[0] & OWN) == 0) {
    if (tx.inside) {
      twin_fault("the DMA meets a frame whose later descriptors are not its own yet");
    }
    tx.state = TX_GIVE_UP;
    return;
  }
  tx_check_first();
  tx.moved = 0;
  tx.state = TX_READ;
}

static void tx_frame_done(void)
{
  struct pending *p = &tx.wire[tx.n_wire++];

  if (tx.sums != 0 && !on(DMAOMR, 21)) {
    twin_fault("checksum insertion without store and forward");
  }
  if (tx.len > 1518) {
    twin_fault("frame of %zu octets", tx.len);
  }
  twin_sum_insert(tx.octets, tx.len, tx.sums);
  while (tx.len < 60) {
    tx.octets[tx.len++] = 0;
  }
  memcpy(p->octets, tx.octets, tx.len);
  p->len = tx.len;
  p->at = tx.at;
  p->word0 = tx.word[0];
  p->stamp = tx.stamp;
  p->end_ns = twin_wire_end_ns(tx.n_wire == 2 ? tx.wire[0].end_ns : twin.now_ns, tx.len);
  tx.inside = false;
}

static void tx_read(void)
{
  const size_t size = tx.word[1] & 0x1FFF;
  size_t n = 1 + twin_chance(512);

  n = n < size - tx.moved ? n : size - tx.moved;
  if (tx.len + n > FRAME_ROOM) {
    twin_fault("more octets than the FIFO holds");
  }
  if (!twin_dma_read(tx.word[2] + (uint32_t)tx.moved, tx.octets + tx.len, n)) {
    bus_error(3);
    return;
  }
  tx.moved += n;
  tx.len += n;
  if (tx.moved < size) {
    return;
  }
  if ((tx.word[0] & BIT(29)) != 0) {
    tx_frame_done();
  } else if (!twin_dma_write_word(tx.at, tx.word[0] & ~OWN)) {
    bus_error(5);
    return;
  }
  tx.at = tx.word[3];
  tx.state = TX_FETCH;
}

/** The first frame in the FIFO has been sent. */
static void tx_wire(void)
{
  struct pending p = tx.wire[0];
  const uint64_t now = twin_clock_now(&clock1588);
  bool ok = true;

  if (tx.n_wire == 0 || twin.now_ns < p.end_ns || !on(MACCR, 3) || twin.tx_dead) {
    return;
  }
  memmove(&tx.wire[0], &tx.wire[1], sizeof p);
  tx.n_wire--;
  if (twin_mode_fits() && twin.sent != NULL) {
    twin.sent(p.octets, p.len);
  }
  twin.tx_frames++;
  if (p.stamp && clock1588.on && enhanced()) {
    ok = twin_dma_write_word(p.at + 24, (uint32_t)(now % 1000000000u)) &&
         twin_dma_write_word(p.at + 28, (uint32_t)(now / 1000000000u));
    p.word0 |= BIT(17);
  }
  if (!ok || !twin_dma_write_word(p.at, p.word0 & ~OWN)) {
    bus_error(5);
  } else if ((p.word0 & BIT(30)) != 0) {
    raise(TS);
  }
}

static void tx_step(void)
{
  tx_wire();
  if (dead) {
    return;
  }
  if (!on(DMAOMR, 13) && !tx.inside && tx.n_wire == 0 && tx.state != TX_STOPPED) {
    tx.state = TX_STOPPED;
  }
  switch (tx.state) {
    case TX_STOPPED:
      if (on(DMAOMR, 13)) {
        tx.state = TX_FETCH;
      }
      break;
    case TX_FETCH:
      if (on(DMAOMR, 13) || tx.inside) {
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
      raise(TBUS);
      tx.state = TX_SUSPENDED;
      break;
    case TX_SUSPENDED:
      if (tx.demand && on(DMAOMR, 13)) {
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
  return !in_reset() && on(MACCR, 2) && on(DMAOMR, 1) && !on(MACPMTCSR, 0);
}

bool mac_accepts(const uint8_t *dest)
{
  return twin_filter(dest, own_address, on(MACFFR, 0), on(MACFFR, 4), on(MACFFR, 2), R(MACHTLR), R(MACHTHR));
}

/** It marks frames and drops none. */
bool mac_accepts_tag(const uint8_t *frame)
{
  (void)frame;
  return true;
}

int mac_speed(void)
{
  return on(MACCR, 14) ? 100 : 10;
}

bool mac_full(void)
{
  return on(MACCR, 11);
}

bool mac_sleeping(void)
{
  return on(MACPMTCSR, 0) && on(MACPMTCSR, 1) && on(MACCR, 2) && rx.state == RX_STOPPED && tx.state == TX_STOPPED;
}

void mac_magic(void)
{
  if (mac_sleeping()) {
    R(MACPMTCSR) = (R(MACPMTCSR) & ~1u) | BIT(5);
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
  if (in_reset() && offset != DMABMR) {
    twin_fault("register %#x read during reset", offset);
  }
  switch (offset) {
    case MACMIIAR:
      return R(offset) | (twin_mdio_busy() ? 1 : 0);
    case MACMIIDR:
      return twin_mdio_value();
    case MACPMTCSR:
      value = R(offset);
      R(offset) &= ~(BIT(5) | BIT(6));
      return value;
    case MACDBGR:
      return (tx.n_wire > 0 || tx.inside ? BIT(24) | BIT(16) : 0) | (twin_fifo_empty() ? 0 : 1u << 8);
    case PTPTSCR:
      return twin.now_ns < ptp_end_ns ? R(offset) : R(offset) & ~0x2Cu;
    case PTPTSHR:
      return (uint32_t)(mac_ptp_ns() / 1000000000u);
    case PTPTSLR:
      return (uint32_t)(mac_ptp_ns() % 1000000000u);
    case DMABMR:
      return R(offset) | (in_reset() ? 1 : 0);
    case DMASR:
      return R(DMASR) | (unsigned)(rx.state == RX_GIVE_UP ? RX_FETCH : rx.state) << 17 |
             (unsigned)(tx.state == TX_GIVE_UP ? TX_FETCH : tx.state) << 20;
    case DMAOMR:
      return twin.now_ns < ftf_end_ns ? R(offset) : R(offset) & ~BIT(20);
    case DMAMFBOCR:
      value = missed;
      missed = 0;
      return value;
    default:
      return R(offset);
  }
}

static void write_omr(uint32_t value)
{
  const bool rx_runs = rx.state != RX_STOPPED, tx_runs = tx.state != TX_STOPPED;

  if ((value & BIT(20)) != 0) {
    if (tx.inside || tx.n_wire > 0) {
      twin_fault("transmit FIFO flushed while something is in it (erratum)");
    }
    ftf_end_ns = twin.now_ns + 200;
  }
  if ((value & BIT(1)) != 0 && !rx_runs) {
    rx.at = R(DMARDLAR);
  }
  if ((value & BIT(13)) != 0 && !tx_runs) {
    tx.at = R(DMATDLAR);
  }
  if ((value & (BIT(1) | BIT(13))) != 0 && !enhanced() && ENHANCED_POSSIBLE) {
    twin_fault("checksums and timestamps need enhanced descriptors");
  }
  R(DMAOMR) = value;
}

static void write_config(uint32_t offset, uint32_t value)
{
  switch (offset) {
    case MACCR:
      if ((value & BIT(15)) == 0) {
        twin_fault("reserved bit 15 of MACCR cleared");
      }
      if (((value ^ R(MACCR)) & (BIT(14) | BIT(11))) != 0 && (R(MACCR) & 0xC) != 0 && (value & 0xC) != 0) {
        twin_fault("speed or duplex changed while the MAC runs");
      }
      break;
    case DMABMR:
      if ((value & 1) != 0) {
        forget();
        twin_reset_begin(&reset);
        value = 0x20100;
      } else if (!ENHANCED_POSSIBLE && (value & BIT(7)) != 0) {
        twin_fault("this MAC has no enhanced descriptors");
      }
      break;
    case DMAOMR:
      write_omr(value);
      return;
    default:
      break;
  }
  R(offset) = value;
}

static void mdio(uint32_t value)
{
  static const unsigned dividers[8] = { 42, 62, 16, 26, 102, 1, 1, 1 };

  if ((value & 1) != 0) {
    twin_mdio_start(value >> 11 & 31, value >> 6 & 31, (value & 2) != 0, (uint16_t)R(MACMIIDR),
                    dividers[value >> 2 & 7]);
  }
  R(MACMIIAR) = value & ~1u;
}

static void check_write(uint32_t offset, uint32_t value)
{
  const uint64_t apart = mac_speed() == 100 ? 160 : 1600;
  const struct twin_known *k;

  if (in_reset()) {
    twin_fault("register %#x written during reset", offset);
  }
  k = twin_reg_known(known, sizeof known / sizeof known[0], offset, value);
  if (k->spaced && written_ns[offset / 4] != 0 && twin.now_ns - written_ns[offset / 4] < apart) {
    twin_fault("register %#x written again too soon: the write is lost (erratum)", offset);
  }
  written_ns[offset / 4] = twin.now_ns;
  if (!reset.was && offset >= DMATPDR && offset <= DMAIER) {
    twin_fault("DMA used before a reset");
  }
}

static void write_dma(uint32_t offset, uint32_t value)
{
  switch (offset) {
    case DMATPDR:
      tx.demand = !twin.tx_deaf;
      break;
    case DMARPDR:
      rx.demand = !twin.rx_lose_kick && !twin.rx_deaf;
      twin.rx_lose_kick = false;
      break;
    case DMARDLAR:
      if (rx.state != RX_STOPPED) {
        twin_fault("receive list changed while the DMA runs");
      }
      R(offset) = value;
      break;
    case DMATDLAR:
      if (tx.state != TX_STOPPED) {
        twin_fault("transmit list changed while the DMA runs");
      }
      R(offset) = value;
      break;
    case DMASR:
      R(DMASR) &= ~value;
      break;
    default:
      R(offset) = value;
      break;
  }
}

void mac_write(uint32_t offset, uint32_t value)
{
  check_write(offset, value);
  switch (offset) {
    case MACMIIAR:
      mdio(value);
      break;
    case MACA0LR:
      R(offset) = value;
      twin_address(own_address, R(MACA0HR), value);
      break;
    case PTPTSCR:
      twin_clock_settle(&clock1588);
      clock1588.increment = R(PTPSSIR);
      twin_ptp_command(&clock1588, value, R(PTPTSHUR), R(PTPTSLUR), R(PTPTSAR));
      R(offset) = value;
      ptp_end_ns = twin.now_ns + 300;
      break;
    case DMATPDR:
    case DMARPDR:
    case DMARDLAR:
    case DMATDLAR:
    case DMASR:
    case DMAIER:
      write_dma(offset, value);
      break;
    default:
      write_config(offset, value);
      break;
  }
}
