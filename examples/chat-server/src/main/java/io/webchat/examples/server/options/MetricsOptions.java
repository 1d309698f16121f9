package io.webchat.examples.server.options;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may read the figures. */
public final class MetricsOptions {
    private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");

    @Option(
            names = "--metrics",
            paramLabel = "<on|off|host:port>",
            defaultValue = "${env:CHAT_METRICS:-on}",
            description =
                    "Prometheus metrics at /metrics, without a token: on the port above, nowhere, or on an address"
                            + " of their own. CHAT_METRICS (${DEFAULT-VALUE})")
    private String metrics = "";

    /** Whether the server's own port has them. */
    public boolean beside() {
        return metrics.equals("on");
    }

    /** The separate address of the metrics; null if they share the server's. */
    public @Nullable InetSocketAddress address() {
        Matcher parts = ADDRESS.matcher(metrics);
        return parts.matches() ? new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))) : null;
    }

    void check(Faults faults) {
        faults.from("--metrics", () -> {
            InetSocketAddress own = address();
            if (own != null && own.isUnresolved()) {
                throw new IllegalArgumentException("there is no host " + own.getHostString());
            }
            if (own == null && !beside() && !metrics.equals("off")) {
                throw new IllegalArgumentException("must be on, off, or host:port");
            }
        });
    }
}
