package io.webchat.examples.server.options;

import picocli.CommandLine.ArgGroup;

/** The options of the command line. An environment variable of the same name sets each of them too. */
public final class ServerOptions {
    @ArgGroup(validate = false, heading = "%nWhere it listens%n")
    private ListenOptions listen = new ListenOptions();

    @ArgGroup(validate = false, heading = "%nBehind a proxy%n")
    private ProxyOptions proxy = new ProxyOptions();

    @ArgGroup(validate = false, heading = "%nWhere things are kept (in memory, unless one of these is given)%n")
    private StorageOptions storage = new StorageOptions();

    @ArgGroup(validate = false, heading = "%nFiles of messages%n")
    private AttachmentOptions attachments = new AttachmentOptions();

    @ArgGroup(validate = false, heading = "%nWho gets in%n")
    private AccessOptions access = new AccessOptions();

    @ArgGroup(validate = false, heading = "%nLimits%n")
    private LimitOptions limits = new LimitOptions();

    @ArgGroup(validate = false, heading = "%nFigures%n")
    private MetricsOptions metrics = new MetricsOptions();

    @ArgGroup(validate = false, heading = "%nWebhook%n")
    private WebhookOptions webhook = new WebhookOptions();

    @ArgGroup(validate = false, heading = "%nPush%n")
    private PushOptions push = new PushOptions();

    /** The options of the address. */
    public ListenOptions listen() {
        return listen;
    }

    /** The options of names and proxies. */
    public ProxyOptions proxy() {
        return proxy;
    }

    /** The options of storage. */
    public StorageOptions storage() {
        return storage;
    }

    /** The options of files. */
    public AttachmentOptions attachments() {
        return attachments;
    }

    /** The options of access. */
    public AccessOptions access() {
        return access;
    }

    /** The options of the limits. */
    public LimitOptions limits() {
        return limits;
    }

    /** The options of the metrics. */
    public MetricsOptions metrics() {
        return metrics;
    }

    /** The options of the webhook. */
    public WebhookOptions webhook() {
        return webhook;
    }

    /** The options of pushes. */
    public PushOptions push() {
        return push;
    }

    /**
     * Refuses values out of range, and options that exclude each other.
     *
     * @throws IllegalArgumentException with a line for each fault; none shows a secret
     */
    public void check() {
        Faults faults = new Faults();
        listen.check(faults);
        proxy.check(faults);
        storage.check(faults);
        attachments.check(faults);
        access.check(faults, storage.isShared());
        limits.check(faults);
        metrics.check(faults);
        webhook.check(faults);
        push.check(faults);
        if (storage.demoCluster() && metrics.address() != null) {
            faults.add("--demo-cluster has two nodes, which cannot share an address: use --metrics on or off");
        }
        faults.report();
    }
}
