package io.webchat.examples.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a person's pages complained of: errors and warnings, uncaught exceptions, breaches of the content policy. */
final class Console {
    /** What a test may bring about on purpose. The browser itself writes these lines; no page can keep it from that. */
    enum Noise {
        /** The server was not there, or the browser was offline. */
        UNREACHABLE("net::ERR_|WebSocket connection to .* failed|could not be read"),
        /** A request was refused with this status. */
        STATUS_401("the server responded with a status of 401"),
        /** What the server forbids. */
        STATUS_403("the server responded with a status of 403"),
        /** What is too large, or of which there is too much. */
        STATUS_413("the server responded with a status of 413"),
        /** Somebody has no profile yet, because they never signed in: 404, as the REST API promises. */
        NO_PROFILE("the server responded with a status of 404 .*/v1/profiles/"),
        /** Somebody signed in for the first time: 404, before they confirm that an account is to be made. */
        NO_ACCOUNT("the server responded with a status of 404 .*/v1/login");

        private final Pattern pattern;

        Noise(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }
    }

    private final List<String> lines = new ArrayList<>();
    private final Set<Noise> expected = EnumSet.of(Noise.NO_PROFILE, Noise.NO_ACCOUNT);

    Console(BrowserContext context) {
        context.onConsoleMessage(this::heard);
        context.onWebError(error -> lines.add("uncaught: " + error.error()));
        context.onDialog(dialog -> {
            lines.add("a script opened a dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    private void heard(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            lines.add(message.type() + ": " + message.text() + " (" + message.location() + ")");
        }
    }

    void expect(Noise noise) {
        expected.add(noise);
    }

    void assertQuiet(String user) {
        assertThat(lines)
                .as("the console of " + user)
                .filteredOn(line -> expected.stream()
                        .noneMatch(noise -> noise.pattern.matcher(line).find()))
                .isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
