package io.webchat.examples.server.options;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Who is told of what happens. */
public final class WebhookOptions {
    private static final int MIN_SECRET_BYTES = 32;

    @Option(
            names = "--webhook",
            paramLabel = "<url>",
            defaultValue = "${env:CHAT_WEBHOOK:-}",
            description =
                    "Where to post each message, receipt and other event, as JSON; nowhere when absent. CHAT_WEBHOOK")
    private String url = "";

    @Option(
            names = "--webhook-secret",
            paramLabel = "<key>",
            defaultValue = "${env:CHAT_WEBHOOK_SECRET:-}",
            showDefaultValue = Visibility.NEVER,
            description = "HMAC-SHA256 key of the signature of each post, 32 bytes or more. CHAT_WEBHOOK_SECRET")
    private String secret = "";

    /** The address; null for none. */
    public @Nullable URI url() {
        return url.isEmpty() ? null : URI.create(url);
    }

    /** The key of the signatures. */
    public byte[] secret() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    void check(Faults faults) {
        faults.from("--webhook", () -> {
            URI address = url();
            if (address != null
                    && (address.getHost() == null
                            || !("http".equals(address.getScheme()) || "https".equals(address.getScheme())))) {
                throw new IllegalArgumentException("must be an http or https URL");
            }
        });
        if (!url.isEmpty() && secret().length < MIN_SECRET_BYTES) {
            faults.add("--webhook needs a --webhook-secret of 32 bytes or more, with which the receiver checks posts");
        }
        if (url.isEmpty() && !secret.isEmpty()) {
            faults.add("--webhook-secret signs the posts to a webhook: give --webhook too");
        }
    }
}
