#include "tests/support/postgres_world.hpp"

using namespace assay;
using testing::PostgresWorld;

BOOST_AUTO_TEST_SUITE(postgres_queue)
ASSAY_QUEUE_CONFORMANCE(PostgresWorld)
BOOST_AUTO_TEST_SUITE_END()
