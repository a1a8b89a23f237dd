/** The owner of a mutex: written by who has it, read by others only to see that it is not them.  For the sys_arch ports. */
#ifndef LWIP_ARCH_X_OWNER_H
#define LWIP_ARCH_X_OWNER_H

#if defined(__GNUC__) || defined(__clang__)
#define LWIP_X_OWNER_GET(owner) __atomic_load_n(&(owner), __ATOMIC_RELAXED)
#define LWIP_X_OWNER_SET(owner, who) __atomic_store_n(&(owner), who, __ATOMIC_RELAXED)
#else
/* One processor and aligned words. */
#define LWIP_X_OWNER_GET(owner) (owner)
#define LWIP_X_OWNER_SET(owner, who) ((owner) = (who))
#endif

#endif
