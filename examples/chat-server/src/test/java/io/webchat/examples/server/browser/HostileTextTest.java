package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * G13: what people write is text, wherever it is shown. Each script of the attempts would set a flag of the window, and
 * each that the content policy had to stop would leave a line on the console, which fails the test too.
 */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class HostileTextTest {
    @Test
    void G13_namesAndPicturesOfProfilesDoNothing(People people) throws Exception {
        Person bob = people.signedIn("bob", 1);
        List<Map<String, String>> attributes = List.of(
                Map.of("picture", HostileText.LINK, "colour", "red;background:url(x)"),
                Map.of("picture", "data:text/html," + HostileText.SCRIPT, "colour", HostileText.IMAGE),
                Map.of("picture", "\"><img src=x onerror=window.scripted=true>", "colour", "\"><b>"));
        List<String> names = List.of(HostileText.IMAGE, HostileText.SCRIPT, HostileText.TURNED);
        for (int i = 0; i < names.size(); i++) {
            String user = people.userId("mallory" + i);
            people.backend().setsProfile(user, names.get(i), attributes.get(i));
            people.backend().sends(user, bob.user(), HostileText.IMAGE);
            bob.list().shows(names.get(i), HostileText.IMAGE);
            bob.list().open(names.get(i));
            bob.chat().isCalled(names.get(i));
            bob.sees(HostileText.IMAGE);
            bob.chat().openDetails();
            assertThat(bob.dialog(names.get(i))).isVisible();
            assertThat(bob.page().locator("img")).hasCount(0);
            bob.press("Escape");
        }
        HostileText.assertUnharmed(bob);
    }

    @Test
    void G13_roomsAreCalledWhatTheirOwnersWrote(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Rooms.create(ann, HostileText.IMAGE, bob);
        ann.writes(HostileText.SCRIPT);
        bob.list().open(HostileText.IMAGE);
        bob.chat().isCalled(HostileText.IMAGE);
        bob.sees(HostileText.SCRIPT);
        bob.hears(HostileText.SCRIPT);
        bob.chat().openDetails();
        assertThat(bob.dialog(HostileText.IMAGE)).isVisible();
        HostileText.assertUnharmed(ann);
        HostileText.assertUnharmed(bob);
    }

    @Test
    void G13_whatIsNoUserIdIsRefusedInWords(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(HostileText.IMAGE);
        Locator dialog = ann.dialog("New conversation");
        assertThat(dialog.getByRole(AriaRole.ALERT)).not().isEmpty();
        assertThat(ann.field("User id")).isFocused();
        HostileText.assertUnharmed(ann);
    }

    @Test
    void G13_anAddressThatIsNoConversationOpensNone(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.opens(people.nodes().url(0) + "/#" + HostileText.IMAGE);
        ann.reloads();
        ann.seesTheirConversations();
        ann.opens(people.nodes().url(0) + "/#%E0%A4%A");
        ann.reloads();
        ann.seesTheirConversations();
        HostileText.assertUnharmed(ann);
    }
}
