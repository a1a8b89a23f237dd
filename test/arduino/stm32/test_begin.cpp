/* LwIPEthernet.begin() and nothing else: the driver it brings, on the twin of an STM32's MAC, finds its PHY, and the sketch is
   pinged. */
#include <LwIPEthernet.h>
#include <LwIPSTM32.h>

#include <check.h>

#include "lwip/x_entropy.h"
extern "C" {
#include "PeripheralPins.h"
#include "../../twin/twin.h"
void ETH_IRQHandler(void);
}

struct test_rcc test_rcc;
struct test_select test_select;
extern const PinMap PinMap_Ethernet[] = { { PA_1, ETH, 11 }, { NC, nullptr, 0 } };

static int foreign_interrupts;
#if TEST_FOREIGN_HANDLER
extern "C" void ETH_IRQHandler(void)
{
  foreign_interrupts++;
}
#endif

extern "C" {
unsigned long millis(void)
{
  return (unsigned long)(twin.now_ns / 1000000);
}
unsigned long micros(void)
{
  return (unsigned long)(twin.now_ns / 1000);
}
void yield(void)
{
  twin_pass_us(200);
}
void lwip_x_entropy(void *buf, size_t len)
{
  memset(buf, 0x5A, len);
}
void pinmap_pinout(PinName, const PinMap *)
{
}
void NVIC_SetPriority(IRQn_Type, uint32_t)
{
}
void NVIC_EnableIRQ(IRQn_Type)
{
  twin.interrupts = true;
}
void NVIC_DisableIRQ(IRQn_Type)
{
  twin.interrupts = false;
}
uint32_t HAL_RCC_GetHCLKFreq(void)
{
  return 168000000;
}
}

static uint8_t last[FRAME_ROOM];
static unsigned replies;

static void has_sent(const uint8_t *octets, size_t len)
{
  static const uint8_t arp_reply[] = { 0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 2 };

  if (len <= sizeof last && memcmp(octets + 12, arp_reply, sizeof arp_reply) == 0) {
    memcpy(last, octets, len);
    replies++;
  }
}

static void ask_arp()
{
  static const uint8_t request[] = {
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0,  0, 0, 0, 9, 8, 6, 0, 1, 8, 0,  6, 4, 0,
    1,    2,    0,    0,    0,    0,    9, 10, 7, 0, 9, 0, 0, 0, 0, 0, 0, 10, 7, 0, 2
  };
  struct twin_frame f = {};

  memcpy(f.octets, request, sizeof request);
  f.len = 60;
  ck_assert(twin_receive(&f));
}

START_TEST(begin_is_enough)
{
  uint8_t mac[6];

  twin_init(7, 168000000);
  phy_init(PHY_LAN8742, 0);
  twin_mem_init(LWIP_X_STM32_ETH_DCACHE);
  twin.irq = ETH_IRQHandler;
  twin.sent = has_sent;
  for (int turn = 0; turn < 3; turn++) { /* end() lets begin() work again */
    ck_assert(LwIPEthernet.begin(nullptr, IPAddress(10, 7, 0, 2)));
    ck_assert(LwIPEthernet.waitForLink(5000));
    LwIPEthernet.macAddress(mac);
    ck_assert_uint_eq(mac[0], 0x02);
    replies = 0;
    ask_arp();
    for (int i = 0; i < 100 && replies == 0; i++) {
      LwIPEthernet.loop();
    }
    ck_assert_uint_eq(replies, 1);
    ck_assert_mem_eq(last + 22, mac, 6);
    ck_assert(twin.irqs > 0);
    ck_assert_int_eq(foreign_interrupts > 0, TEST_FOREIGN_HANDLER);
    LwIPEthernet.end();
    ck_assert(!twin.interrupts);
  }
}
END_TEST

int main()
{
  Suite *s = suite_create("begin");
  TCase *c = tcase_create("begin");

  tcase_add_test(c, begin_is_enough);
  suite_add_tcase(s, c);
  SRunner *r = srunner_create(s);
  srunner_run_all(r, CK_ENV);
  int failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
