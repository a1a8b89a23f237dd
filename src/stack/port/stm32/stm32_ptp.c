/**
 * The clock of IEEE 1588 in the MAC, and timestamps.
 *
 * The nanoseconds count 0 to 10^9 - 1 and grow by INCREMENT each time a 32-bit accumulator, to which an addend is added at each
 * tick of the bus clock, overflows: the addend is the rate.
 */
#include "stm32_ptp.h"

#if LWIP_X_STM32_ETH && LWIP_X_STM32_ETH_PTP

#include "stm32_eth_state.h"
#include "stm32_pool.h"
#include "stm32_regs.h"
#include "../../wire/wire_eth.h"

#if LWIP_X_STM32_ETH_FAMILY == STM32_ETH_F1
#error "F1 has no descriptors with timestamps: set LWIP_X_STM32_ETH_PTP to 0"
#endif

#define NS_PER_S 1000000000u
#define ETHERTYPE_PTP 0x88F7u
#define PORT_EVENT 319u
/** Turns to wait for the clock to take a value: a few of its ticks. */
#define PATIENCE 1000u

static struct stm32_eth_time saved;
static void (*on_sent)(struct pbuf *frame, const struct stm32_eth_time *t);
static u32_t addend;
static s32_t rate_ppb;
static bool runs;

/** ns a step: so that the addend of the nominal rate has room upwards, at least two ticks of the bus clock. */
static u32_t increment_ns(void)
{
  return 2u * NS_PER_S / stm32_eth_state.config->hclk_hz + 1u;
}

static void command(u32_t what)
{
  unsigned turns = PATIENCE;

  stm32_wr(STM32_PTP_CONTROL, STM32_PTP_ENABLE | STM32_PTP_FINE | STM32_PTP_ALL | STM32_PTP_DIGITAL | what);
  while ((stm32_rd(STM32_PTP_CONTROL) & what) != 0 && --turns > 0) {
    stm32_spin_us(1, stm32_eth_state.config->hclk_hz);
  }
}

static void load(u32_t s, u32_t ns, u32_t what)
{
  stm32_wr(STM32_PTP_UP_S, s);
  stm32_wr(STM32_PTP_UP_NS, ns);
  command(what);
}

static void set_rate(void)
{
  stm32_wr(STM32_PTP_ADDEND, (u32_t)((s64_t)addend + (s64_t)addend * rate_ppb / (s64_t)NS_PER_S));
  command(STM32_PTP_ADDREG);
}

void stm32_ptp_restart(void)
{
  if (runs) {
    command(0);
    stm32_wr(STM32_PTP_INCREMENT, increment_ns() << STM32_PTP_INC_SHIFT);
    set_rate();
    load(saved.s, saved.ns, STM32_PTP_INIT);
  }
}

void stm32_ptp_save(void)
{
  if (runs && stm32_eth_state.ready) {
    stm32_eth_ptp_get(&saved);
  }
}

err_t stm32_eth_ptp_start(const struct stm32_eth_time *t)
{
  const u32_t steps_a_second = NS_PER_S / increment_ns();

  if (t->ns >= NS_PER_S || steps_a_second == 0 || stm32_eth_state.nif == NULL) {
    return ERR_VAL;
  }
  addend = (u32_t)(((u64_t)NS_PER_S << 32) / increment_ns() / stm32_eth_state.config->hclk_hz);
  rate_ppb = 0;
  saved = *t;
  runs = true;
  if (stm32_eth_state.ready) {
    stm32_ptp_restart();
  }
  return ERR_OK;
}

/** The seconds may turn between the two reads. */
void stm32_eth_ptp_get(struct stm32_eth_time *t)
{
  u32_t again;

  if (!stm32_eth_state.ready) {
    *t = saved;
    return;
  }
  do {
    t->s = stm32_rd(STM32_PTP_SECONDS);
    t->ns = stm32_rd(STM32_PTP_NANOS) & 0x7FFFFFFFu;
    again = stm32_rd(STM32_PTP_SECONDS);
  } while (again != t->s);
}

static bool is_settable(const struct stm32_eth_time *t)
{
  return runs && stm32_eth_state.ready && t->ns < NS_PER_S;
}

void stm32_eth_ptp_set(const struct stm32_eth_time *t)
{
  if (is_settable(t)) {
    load(t->s, t->ns, STM32_PTP_INIT);
  }
}

/** Back is forward by the complement: the seconds wrap. */
void stm32_eth_ptp_step(const struct stm32_eth_time *t, bool back)
{
  const u32_t borrow = t->ns != 0 ? 1u : 0u;

  if (!is_settable(t)) {
    return;
  }
  if (back) {
    load(0u - t->s - borrow, borrow * NS_PER_S - t->ns, STM32_PTP_UPDATE);
  } else {
    load(t->s, t->ns, STM32_PTP_UPDATE);
  }
}

void stm32_eth_ptp_rate(s32_t ppb)
{
  rate_ppb = ppb;
  if (runs && stm32_eth_state.ready) {
    set_rate();
  }
}

bool stm32_eth_ptp_received(const struct pbuf *p, struct stm32_eth_time *t)
{
  const struct stm32_buf *buf = stm32_pool_find(p);

  if (buf == NULL || !buf->stamped) {
    return false;
  }
  *t = buf->time;
  return true;
}

void stm32_eth_ptp_on_sent(void (*sent)(struct pbuf *frame, const struct stm32_eth_time *t))
{
  on_sent = sent;
}

static u16_t get16(const struct pbuf *p, u16_t at)
{
  return (u16_t)(pbuf_get_at(p, at) << 8 | pbuf_get_at(p, (u16_t)(at + 1u)));
}

/** Message types 0 to 7 are events (IEEE 1588-2019 table 36). */
static bool is_event(const struct pbuf *p, u16_t at)
{
  return (pbuf_get_at(p, at) & 15u) < 8;
}

static bool is_ptp_event(const struct pbuf *p)
{
  u16_t at = ETH_WIRE_HLEN;
  u16_t type = get16(p, 12);

  if (type == ETH_WIRE_TYPE_VLAN) {
    type = get16(p, 16);
    at += ETH_WIRE_TAGLEN;
  }
  if (type == ETHERTYPE_PTP) {
    return is_event(p, at);
  }
  if (type == ETH_WIRE_TYPE_IP4 && pbuf_get_at(p, (u16_t)(at + 9u)) == 17) {
    at = (u16_t)(at + (pbuf_get_at(p, at) & 15u) * 4u);
  } else if (type == ETH_WIRE_TYPE_IP6 && pbuf_get_at(p, (u16_t)(at + 6u)) == 17) {
    at = (u16_t)(at + 40u);
  } else {
    return false;
  }
  return get16(p, (u16_t)(at + 2u)) == PORT_EVENT && is_event(p, (u16_t)(at + 8u));
}

u8_t stm32_ptp_wants(const struct pbuf *frame)
{
  return runs && on_sent != NULL && is_ptp_event(frame) ? STM32_TX_STAMP : 0;
}

void stm32_ptp_sent(struct pbuf *frame, const struct stm32_tx_info *info)
{
  if (info->stamped && on_sent != NULL) {
    on_sent(frame, &info->time);
  }
}

#endif
