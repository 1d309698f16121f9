package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * G13: what people write is text, wherever it is shown. Each script of the attempts would set a flag of the window, and
 * each that the content policy had to stop would leave a line on the console, which fails the test too.
 */
@ExtendWith(BrowserTests.class)
class HostileTextTest {
    private static final String IMAGE = "<img src=x onerror=window.scripted=true>";
    private static final String SCRIPT = "<script>window.scripted=true</script>";
    private static final String LINK = "javascript:window.scripted=true";
    private static final String TURNED = "\u202Etxet denrut\u202C and \u2066more";
    private static final String LONG = "W".repeat(4_000);
    private static final List<String> ATTEMPTS = List.of(
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

    private static void assertUnharmed(Person person) {
        assertThat(person.page().evaluate("window.scripted === undefined")).isEqualTo(true);
        assertThat(person.page().locator(TRACES)).hasCount(0);
        assertThat(person.page().evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing makes the page wider than its window")
                .isEqualTo(true);
    }

    @Test
    void G13_messagesAreShownAsText(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.somebody("bob").onAPhone();
        bob.opens(people.nodes().url(1));
        bob.signsIn();
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        for (String attempt : ATTEMPTS) {
            ann.writes(attempt);
            bob.sees(attempt);
        }
        assertUnharmed(ann);
        assertUnharmed(bob);
        Object overflow = bob.chat().region().evaluate("node => node.scrollWidth - node.clientWidth");
        assertThat(overflow).as("a long word is broken").isEqualTo(0);
    }

    @Test
    void G13_namesAndPicturesOfProfilesDoNothing(People people) throws Exception {
        Person bob = people.signedIn("bob", 1);
        List<Map<String, String>> attributes = List.of(
                Map.of("picture", LINK, "colour", "red;background:url(x)"),
                Map.of("picture", "data:text/html," + SCRIPT, "colour", IMAGE),
                Map.of("picture", "\"><img src=x onerror=window.scripted=true>", "colour", "\"><b>"));
        List<String> names = List.of(IMAGE, SCRIPT, TURNED);
        for (int i = 0; i < names.size(); i++) {
            String user = people.userId("mallory" + i);
            people.backend().setsProfile(user, names.get(i), attributes.get(i));
            people.backend().sends(user, bob.user(), IMAGE);
            bob.list().shows(names.get(i), IMAGE);
            bob.list().open(names.get(i));
            bob.chat().isCalled(names.get(i));
            bob.sees(IMAGE);
            bob.chat().openDetails();
            assertThat(bob.dialog(names.get(i))).isVisible();
            assertThat(bob.page().locator("img")).hasCount(0);
            bob.press("Escape");
        }
        assertUnharmed(bob);
    }

    @Test
    void G13_roomsAreCalledWhatTheirOwnersWrote(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Rooms.create(ann, IMAGE, bob);
        ann.writes(SCRIPT);
        bob.list().open(IMAGE);
        bob.chat().isCalled(IMAGE);
        bob.sees(SCRIPT);
        bob.hears(SCRIPT);
        bob.chat().openDetails();
        assertThat(bob.dialog(IMAGE)).isVisible();
        assertUnharmed(ann);
        assertUnharmed(bob);
    }

    @Test
    void G13_whatIsNoUserIdIsRefusedInWords(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(IMAGE);
        Locator dialog = ann.dialog("New conversation");
        assertThat(dialog.getByRole(AriaRole.ALERT)).not().isEmpty();
        assertThat(ann.field("User id")).isFocused();
        assertUnharmed(ann);
    }

    @Test
    void G13_anAddressThatIsNoConversationOpensNone(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.opens(people.nodes().url(0) + "/#" + IMAGE);
        ann.reloads();
        ann.seesTheirConversations();
        ann.opens(people.nodes().url(0) + "/#%E0%A4%A");
        ann.reloads();
        ann.seesTheirConversations();
        assertUnharmed(ann);
    }
}
