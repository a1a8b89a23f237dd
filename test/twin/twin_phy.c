/** PHYs on the MDIO: clause 22, and the maker's register with the result. */
#include "twin.h"
#include <string.h>

enum { BMCR, BMSR, ID1, ID2, ANAR, ANLPAR, ANER };

static const struct {
  uint16_t id1, id2;
  uint8_t quick;
  bool answers_at_0;
} kinds[PHY_KINDS] = {
  [PHY_LAN8720] = { 0x0007, 0xC0F1, 31, false },     [PHY_LAN8742] = { 0x0007, 0xC131, 31, false },
  [PHY_DP83848] = { 0x2000, 0x5C90, 16, false },     [PHY_KSZ8081] = { 0x0022, 0x1561, 0x1E, true },
  [PHY_RTL8201] = { 0x001C, 0xC816, 0, false },      [PHY_IP101] = { 0x0243, 0x0C54, 0, false },
  [PHY_UNKNOWN_KIND] = { 0x1234, 0x5670, 0, false },
};

struct twin_phy phy;

static uint16_t bmcr, anar;
static uint64_t link_ns; /**< when the link comes, with a cable */
static bool latched_low;

static void restart(void)
{
  link_ns = twin.now_ns + phy.negotiation_ms * 1000000ull;
  latched_low = true;
}

void phy_init(enum phy_kind kind, unsigned address)
{
  memset(&phy, 0, sizeof phy);
  phy.kind = kind;
  phy.address = address;
  phy.cable = true;
  phy.partner = 0x01E1;
  phy.negotiation_ms = 40;
  bmcr = 0x3000;
  anar = 0x0021; /* strapped to little: the driver has to ask for more */
  restart();
}

void phy_set_cable(bool in)
{
  phy.cable = in;
  restart();
}

static bool result(int *speed, bool *full)
{
  const uint16_t common = anar & phy.partner;

  if ((bmcr & 0x1000) == 0) {
    *speed = (bmcr & 0x2000) != 0 ? 100 : 10;
    *full = (bmcr & 0x0100) != 0;
    return true;
  }
  if (phy.partner == 0) {
    *speed = phy.partner_100 ? 100 : 10;
    *full = false;
    return true;
  }
  *speed = (common & 0x0180) != 0 ? 100 : 10;
  *full = (common & (*speed == 100 ? 0x0100 : 0x0040)) != 0;
  return (common & 0x01E0) != 0;
}

bool phy_link(int *speed, bool *full)
{
  return phy.cable && (bmcr & 0x0C00) == 0 && twin.now_ns >= link_ns && twin.now_ns >= phy.ready_ns &&
         result(speed, full);
}

static uint16_t quick(void)
{
  int speed = 0;
  bool full = false;
  const bool link = phy_link(&speed, &full);
  const unsigned code = !link ? 0 : speed == 10 ? (full ? 5 : 1) : full ? 6 : 2;

  switch (phy.kind) {
    case PHY_LAN8720:
    case PHY_LAN8742:
      return (uint16_t)(0x0040 | (link ? 0x1000 : 0) | code << 2);
    case PHY_DP83848:
      return (uint16_t)((link ? 1 : 0) | (speed == 10 ? 2 : 0) | (full ? 4 : 0) | (link ? 0x10 : 0));
    default:
      return (uint16_t)(code | (link ? 0x100 : 0));
  }
}

static uint16_t status(void)
{
  int speed;
  bool full;
  const bool link = phy_link(&speed, &full);
  uint16_t value = 0x7809;

  if (link && !latched_low) {
    value |= 0x0004;
  }
  latched_low = !link;
  return (uint16_t)(value | (link && (bmcr & 0x1000) != 0 ? 0x0020 : 0));
}

static bool is_here(unsigned address)
{
  return twin.now_ns >= phy.ready_ns && (address == phy.address || (address == 0 && kinds[phy.kind].answers_at_0));
}

uint16_t phy_read(unsigned address, unsigned reg)
{
  int speed;
  bool full;

  if (!is_here(address)) {
    return 0xFFFF;
  }
  if (reg == kinds[phy.kind].quick && reg != 0) {
    return quick();
  }
  switch (reg) {
    case BMCR:
      return bmcr;
    case BMSR:
      return status();
    case ID1:
      return kinds[phy.kind].id1;
    case ID2:
      return kinds[phy.kind].id2;
    case ANAR:
      return anar;
    case ANLPAR: /* of a partner that does not negotiate the speed is known; the rest of what is shown means nothing */
      return !phy_link(&speed, &full) ? 0
             : phy.partner != 0       ? (uint16_t)(phy.partner | 0x4000)
             : phy.partner_100        ? 0x0180
                                      : 0x0060;
    case ANER:
      return phy.partner != 0 ? 1 : 0;
    default:
      twin_fault("PHY register %u read: not one of clause 22, nor this maker's", reg);
  }
}

void phy_write(unsigned address, unsigned reg, uint16_t value)
{
  if (!is_here(address)) {
    return;
  }
  if (reg == BMCR) {
    if ((value & 0x0200) != 0 || value != bmcr) {
      restart();
    }
    bmcr = value & 0x3D80;
  } else if (reg == ANAR) {
    if ((value & 0x1F) != 1) {
      twin_fault("ANAR without the selector of IEEE 802.3");
    }
    anar = value;
  } else {
    twin_fault("PHY register %u written", reg);
  }
}
