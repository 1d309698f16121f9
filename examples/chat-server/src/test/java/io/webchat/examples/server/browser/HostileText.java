package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Texts that would run a script, load something or break the layout if a page took them for markup. */
final class HostileText {
    static final String IMAGE = "<img src=x onerror=window.scripted=true>";
    static final String SCRIPT = "<script>window.scripted=true</script>";
    static final String LINK = "javascript:window.scripted=true";
    static final String TURNED = "\u202Etxet denrut\u202C and \u2066more";
    static final String LONG = "W".repeat(4_000);
    static final List<String> ATTEMPTS = List.of(
            IMAGE,
            SCRIPT,
            LINK,
            "<svg onload=window.scripted=true>",
            "<a href='" + LINK + "'>click</a>",
            "\"><iframe srcdoc='" + SCRIPT + "'>",
            "&lt;b&gt; &amp; ${window.scripted=true} {{constructor.constructor('window.scripted=true')()}}",
            TURNED,
            LONG);

    /** What there would be if a text had been taken for markup. */
    private static final String TRACES = "img[src='x'], iframe, a[href^='javascript:'], script:not([src]), svg[onload]";

    private HostileText() {}

    /** Nothing of the texts was taken for markup, and the page is not wider than its window. */
    static void assertUnharmed(Person person) {
        assertThat(person.page().evaluate("window.scripted === undefined")).isEqualTo(true);
        assertThat(person.page().locator(TRACES)).hasCount(0);
        assertThat(person.page().evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing makes the page wider than its window")
                .isEqualTo(true);
    }
}
