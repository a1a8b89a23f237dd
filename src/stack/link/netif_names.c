/** Interfaces by name ("en0") and by index (RFC 3493 section 4). */
#include "lwip/netif.h"

struct netif *netif_get_by_index(u8_t idx)
{
  struct netif *nif;

  if (idx == NETIF_NO_INDEX) {
    return NULL;
  }
  NETIF_FOREACH(nif)
  {
    if (netif_get_index(nif) == idx) {
      return nif;
    }
  }
  return NULL;
}

struct netif *netif_find(const char *name)
{
  struct netif *nif;
  const char *digit;
  unsigned num = 0;

  if (name == NULL || name[0] == '\0' || name[1] == '\0' || name[2] == '\0') {
    return NULL;
  }
  for (digit = name + 2; *digit != '\0'; digit++) {
    if (*digit < '0' || *digit > '9' || num > 255) {
      return NULL;
    }
    num = num * 10 + (unsigned)(*digit - '0');
  }
  NETIF_FOREACH(nif)
  {
    if (nif->num == num && nif->name[0] == name[0] && nif->name[1] == name[1]) {
      return nif;
    }
  }
  return NULL;
}

u8_t netif_name_to_index(const char *name)
{
  const struct netif *nif = netif_find(name);

  return nif == NULL ? (u8_t)NETIF_NO_INDEX : netif_get_index(nif);
}

char *netif_index_to_name(u8_t idx, char *name)
{
  const struct netif *nif = netif_get_by_index(idx);
  char *to = name;

  if (nif == NULL) {
    return NULL;
  }
  *to++ = nif->name[0];
  *to++ = nif->name[1];
  if (nif->num >= 100) {
    *to++ = (char)('0' + nif->num / 100);
  }
  if (nif->num >= 10) {
    *to++ = (char)('0' + nif->num / 10 % 10);
  }
  *to++ = (char)('0' + nif->num % 10);
  *to = '\0';
  return name;
}
