package io.webchat.examples.server;

import picocli.CommandLine.ArgGroup;

/** The options of the command line. An environment variable of the same name sets each of them too. */
final class ServerOptions {
    @ArgGroup(validate = false, heading = "%nWhere it listens%n")
    ListenOptions listen = new ListenOptions();

    @ArgGroup(validate = false, heading = "%nWhere things are kept (in memory, unless one of these is given)%n")
    StorageOptions storage = new StorageOptions();

    @ArgGroup(validate = false, heading = "%nWho gets in%n")
    AccessOptions access = new AccessOptions();

    @ArgGroup(validate = false, heading = "%nLimits%n")
    LimitOptions limits = new LimitOptions();

    @ArgGroup(validate = false, heading = "%nFigures%n")
    MetricsOptions metrics = new MetricsOptions();

    /**
     * Refuses values out of range, and options that exclude each other.
     *
     * @throws IllegalArgumentException with a line for each fault; none shows a secret
     */
    void check() {
        Faults faults = new Faults();
        listen.check(faults);
        storage.check(faults);
        access.check(faults, !storage.redis.isEmpty());
        limits.check(faults);
        metrics.check(faults);
        if (storage.demoCluster && metrics.address() != null) {
            faults.add("--demo-cluster has two nodes, which cannot share an address: use --metrics on or off");
        }
        faults.report();
    }
}
