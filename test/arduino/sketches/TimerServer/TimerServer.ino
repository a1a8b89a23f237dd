/*
  Not an example: the way not to do it, which must hold all the same.  See libraries/TimerEthernet.  Port 7 echoes, up to
  eight at once; port 9 hears what the stack had to put aside or refuse.
*/
#include <TimerEthernet.h>

#include "lwip/memp.h"
#include "lwip/x_drop.h"

static TimerClient *open_[8];

void setup()
{
  Serial.begin(115200);
  if (!timerEthernetBegin(20000) || !timerServerBegin(7)) {
    Serial.println("does not start");
  } else {
    Serial.println("ready");
  }
}

static bool serve(TimerClient *c)
{
  uint8_t buffer[600];
  int n = c->read(buffer, sizeof(buffer));

  if (n > 0 && c->write(buffer, (size_t)n) != (size_t)n) {
    n = -1;
  }
  if (n < 0) {
    c->stop();
  }
  return n >= 0;
}

static void report()
{
  static uint32_t last;

  if (timerEthernetTicks() - last >= 1000) {
    last = timerEthernetTicks();
    Serial.print("wrong context ");
    Serial.println((unsigned long)lwip_x_drops[DROP_WRONG_CONTEXT]);
  }
}

void loop()
{
  TimerClient *fresh = timerServerAccept();

  for (auto &c : open_) {
    if (c == nullptr && fresh != nullptr) {
      c = fresh;
      fresh = nullptr;
    }
    if (c != nullptr && !serve(c)) {
      c = nullptr;
    }
  }
  if (fresh != nullptr) {
    fresh->stop();
  }
  report();
}
