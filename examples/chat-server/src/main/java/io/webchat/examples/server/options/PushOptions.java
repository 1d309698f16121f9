package io.webchat.examples.server.options;

import io.webchat.examples.server.push.EndpointRule;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Pushes to browsers whose pages are closed. */
public final class PushOptions {
    private static final Pattern CONTACT = Pattern.compile("(mailto:|https://)[A-Za-z0-9._~:/@%+-]{3,200}");

    @Option(
            names = "--push",
            paramLabel = "<on|off>",
            defaultValue = "${env:CHAT_PUSH:-on}",
            description = "Push messages to browsers that want that while the page is closed, through the push services"
                    + " of the browsers. CHAT_PUSH (${DEFAULT-VALUE})")
    private String push = "";

    @Option(
            names = "--push-contact",
            paramLabel = "<mailto:…|https://…>",
            defaultValue = "${env:CHAT_PUSH_CONTACT:-}",
            description =
                    "Where push services reach you when something is wrong with the pushes of this server. That of"
                            + " Safari takes none without. CHAT_PUSH_CONTACT")
    private String contact = "";

    @Option(
            names = "--push-hosts",
            paramLabel = "<host>",
            split = ",",
            defaultValue = "${env:CHAT_PUSH_HOSTS:-" + EndpointRule.KNOWN_HOSTS + "}",
            description = "Hosts of push services, *. and a name for those below it, or * for all of the internet;"
                    + " repeatable. CHAT_PUSH_HOSTS, separated by commas (${DEFAULT-VALUE})")
    private @Nullable List<String> hosts;

    @Option(
            names = "--push-anywhere",
            defaultValue = "${env:CHAT_PUSH_ANYWHERE:-false}",
            fallbackValue = "true",
            arity = "0..1",
            paramLabel = "true|false",
            description = "For tests alone: also push over plain http and to private addresses, so that every user can"
                    + " make the server post to the machines around it. CHAT_PUSH_ANYWHERE (${DEFAULT-VALUE})")
    private boolean anywhere;

    /** Whether to push. */
    public boolean isOn() {
        return push.equals("on");
    }

    /** The address of the operator; empty for none. */
    public String contact() {
        return contact;
    }

    /** The endpoints to which to push. */
    public EndpointRule endpoints() {
        return anywhere ? EndpointRule.anywhere() : EndpointRule.of(hosts == null ? List.of() : hosts);
    }

    void check(Faults faults) {
        if (!isOn() && !push.equals("off")) {
            faults.add("--push must be on or off");
        }
        if (!contact.isEmpty() && !CONTACT.matcher(contact).matches()) {
            faults.add("--push-contact must be a mailto: or https:// address");
        }
        faults.from("--push-hosts", this::endpoints);
    }
}
