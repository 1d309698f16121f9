package io.webchat.examples.server.faults;

import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;

/** What can go wrong, and how it is mended. */
@SuppressWarnings("ImmutableEnumChecker") // Its actions are method references, which hold nothing.
enum Fault {
    /** A node dies. */
    KILL_NODE(Part.NODE, "killed", FaultyCluster::killNode, FaultyCluster::startNode),
    /** A node hangs: connections stay open, nothing is answered. */
    STOP_NODE(Part.NODE, "stopped", FaultyCluster::stopNode, FaultyCluster::continueNode),
    /** A node is told to end, as in a rolling restart. */
    DRAIN_NODE(Part.NODE, "drained", FaultyCluster::drainNode, FaultyCluster::startNode),

    /** A node's connections to Redis are reset, once. */
    CUT_REDIS(Part.REDIS_LINK, "cut", (site, node) -> site.redisLink(node).cutAll(), Fault::healRedis),
    /** A node's connections to Redis are reset, and no new ones accepted. */
    REFUSE_REDIS(Part.REDIS_LINK, "refused", (site, node) -> refuse(site.redisLink(node)), Fault::healRedis),
    /** Nothing that a node says reaches Redis. */
    MUTE_REDIS(
            Part.REDIS_LINK,
            "mute",
            (site, node) -> site.redisLink(node).blackHole(Direction.TO_SERVER),
            Fault::healRedis),
    /** Nothing that Redis says reaches a node. */
    DEAF_REDIS(
            Part.REDIS_LINK,
            "deaf",
            (site, node) -> site.redisLink(node).blackHole(Direction.TO_CLIENT),
            Fault::healRedis),
    /** What a node and Redis say to each other takes long. */
    SLOW_REDIS(Part.REDIS_LINK, "slow", (site, node) -> slow(site.redisLink(node)), Fault::healRedis),

    /** Redis dies, and comes back with its data. */
    RESTART_REDIS(Part.REDIS, "killed", (site, node) -> site.killRedis(), (site, node) -> site.restartRedis()),
    /** Redis dies, and comes back empty. */
    EMPTY_REDIS(Part.REDIS, "lost", (site, node) -> site.killRedis(), (site, node) -> site.restartRedisEmpty()),
    /** Redis dies, and comes back older than it was. */
    REWIND_REDIS(Part.REDIS, "rewound", (site, node) -> site.killRedis(), (site, node) -> site.restartRedisOlder()),
    /** Redis has no memory for more data. */
    FULL_REDIS(
            Part.REDIS,
            "full",
            (site, node) -> site.redis().fillMemory(),
            (site, node) -> site.redis().freeMemory()),
    /** The disk of Redis is full. */
    FULL_DISK_OF_REDIS(
            Part.REDIS,
            "disk full",
            (site, node) -> site.redis().fillDisk(),
            (site, node) -> site.redis().freeDisk()),
    /** Redis hangs. */
    STOP_REDIS(
            Part.REDIS,
            "stopped",
            (site, node) -> site.redis().pause(),
            (site, node) -> site.redis().resume()),

    /** A node's connections to DynamoDB are reset, and no new ones accepted. */
    REFUSE_DYNAMO(Part.DYNAMO_LINK, "refused", (site, node) -> refuse(site.dynamoLink(node)), Fault::healDynamo),
    /** Nothing that DynamoDB says reaches a node. */
    DEAF_DYNAMO(
            Part.DYNAMO_LINK,
            "deaf",
            (site, node) -> site.dynamoLink(node).blackHole(Direction.TO_CLIENT),
            Fault::healDynamo),
    /** DynamoDB's answers take long. */
    SLOW_DYNAMO(Part.DYNAMO_LINK, "slow", (site, node) -> slow(site.dynamoLink(node)), Fault::healDynamo),

    /** DynamoDB dies, and comes back with its data. */
    RESTART_DYNAMO(Part.DYNAMO, "killed", (site, node) -> site.killDynamo(), (site, node) -> site.restartDynamo()),
    /** DynamoDB throttles two requests of three. */
    THROTTLE_DYNAMO(
            Part.DYNAMO, "throttled", (site, node) -> site.throttle(true), (site, node) -> site.throttle(false));

    private static final Duration SLOW = Duration.ofMillis(150);

    /** What breaks. A part has one fault at a time. */
    enum Part {
        NODE,
        REDIS_LINK,
        DYNAMO_LINK,
        REDIS,
        DYNAMO;

        /** What a history calls it. */
        String name(int node) {
            String name = switch (this) {
                case NODE -> "node";
                case REDIS_LINK -> "redis link";
                case DYNAMO_LINK -> "dynamo link";
                case REDIS -> "redis";
                case DYNAMO -> "dynamo";
            };
            return this == REDIS || this == DYNAMO ? name : name + " " + node;
        }
    }

    /** Does something to a node, or to what all of them share. */
    interface Action {
        void on(FaultyCluster site, int node) throws Exception;
    }

    final Part part;
    final String how;
    final Action begin;
    final Action end;

    Fault(Part part, String how, Action begin, Action end) {
        this.part = part;
        this.how = how;
        this.begin = begin;
        this.end = end;
    }

    private static void slow(TcpProxy link) {
        link.delay(SLOW);
    }

    private static void refuse(TcpProxy link) {
        link.refuse();
        link.cutAll();
    }

    private static void healRedis(FaultyCluster site, int node) {
        site.redisLink(node).heal();
    }

    private static void healDynamo(FaultyCluster site, int node) {
        site.dynamoLink(node).heal();
    }
}
