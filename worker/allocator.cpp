/// The program's allocator is jemalloc (docs/decisions/006-an-allocator-for-many-small-things.md); it reads this name at
/// start. Two arenas, for there is one busy thread and a few that hand it things; what is freed goes back to the system
/// within a fifth of a second, so that a burst of long answers does not stay in memory. MALLOC_CONF overrides it.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "narenas:2,dirty_decay_ms:200,muzzy_decay_ms:0";
}
