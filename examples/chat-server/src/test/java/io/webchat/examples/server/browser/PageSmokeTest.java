package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One test for each main part of the page. They are in one class because each build runs them, and one browser then
 * serves all of them. The other browser tests run with {@code -Pfull}.
 */
@Tag("browser")
@ExtendWith(BrowserTests.class)
class PageSmokeTest {
    private static final Pattern DAY = Pattern.compile("Today|Yesterday");
    private static final Pattern SOME_UNREAD = Pattern.compile("\\d+\\+? unread");
    private static final String ROOM = "The team";
    /** More than the page reads at a time. */
    private static final int UNREAD = 70;

    @Test
    void theFirstSignInMakesTheAccountAndAReloadKeepsIt(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.reloads();
        ann.seesTheirConversations();

        ann.signsOut();
        ann.seesTheSignInPage();
        ann.reloads();
        ann.seesTheSignInPage();
        ann.signsIn();
    }

    @Test
    void whatOneWritesTheOtherSeesAndTheTicksTell(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.member("bob");
        ann.startsConversationWith(bob);
        ann.writes("hello bob");
        ann.chat().marks("hello bob", "Sent");

        bob.opens(people.nodes().url(1));
        bob.signsIn();
        ann.chat().marks("hello bob", "Delivered");

        bob.opensConversationWith(ann);
        bob.sees("hello bob");
        ann.chat().marks("hello bob", "Seen");

        bob.writes("hello ann");
        bob.writes("how are you?");
        ann.chat().showsInOrder(List.of("hello bob", "hello ann", "how are you?"));
        bob.chat().showsInOrder(List.of("hello bob", "hello ann", "how are you?"));
        assertThat(ann.chat().messages().first()).containsText(DAY);
    }

    @Test
    void aChatOpensAtTheFirstUnreadMessageAndTheRestIsSeenAsItIsRead(People people) throws Exception {
        Person ann = people.member("ann");
        String bob = people.userId("bob");
        for (int i = 1; i <= UNREAD; i++) {
            people.backend().sends(bob, ann.user(), "line " + i);
        }
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().shows(bob, UNREAD + " unread messages");
        ann.list().open(bob);
        assertThat(ann.chat().message("line 1")).isInViewport();
        assertThat(ann.chat().message("line 1")).containsText("New messages");
        assertThat(ann.list().row(bob)).containsText(SOME_UNREAD);
        ann.press("Escape");
        ann.list().open(bob);
        assertThat(ann.list().row(bob)).containsText(SOME_UNREAD);
        ann.button("Latest messages").click();
        assertThat(ann.chat().message("line " + UNREAD)).isInViewport();
        ann.list().showsNothingOf(bob, "unread");

        readsUpBeforeTheFirstPageCame(ann, bob);
    }

    /** A reader who is at the top before the first page came gets the rest. */
    private static void readsUpBeforeTheFirstPageCame(Person ann, String bob) {
        List<Route> pages = new ArrayList<>();
        ann.press("Escape");
        ann.page().route("**/v1/call-logs/*/messages*", pages::add);
        ann.list().open(bob);
        ann.page().waitForCondition(() -> !pages.isEmpty());
        ann.sees("line " + UNREAD);
        ann.chat().region().focus();
        ann.press("Home");
        assertThat(ann.chat().messages().first()).isInViewport();

        ann.page().unroute("**/v1/call-logs/*/messages*");
        pages.forEach(Route::resume);

        assertThat(ann.chat().message("line 1")).isVisible();
    }

    @Test
    void messagesAreSeenOnlyInViewOfSomebodyWhoLooks(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        ann.writes("first");
        bob.opensConversationWith(ann);
        ann.chat().marks("first", "Seen");

        bob.looksAway();
        ann.writes("second");
        ann.writes("third");
        bob.list().shows(ann.user(), "2 unread messages");
        assertThat(bob.chat().message("second")).containsText("New messages");
        ann.chat().marks("third", "Delivered");

        bob.looksBack();
        ann.chat().marks("third", "Seen");
        bob.list().showsNothingOf(ann.user(), "unread");

        bob.writes("line\n".repeat(60).strip());
        bob.chat().region().focus();
        bob.press("Home");
        ann.writes("below");
        assertThat(bob.button("1 new message")).isVisible();
        bob.list().shows(ann.user(), "1 unread message");
        ann.chat().marks("below", "Delivered");
        bob.button("1 new message").click();
        ann.chat().marks("below", "Seen");
    }

    @Test
    void membersOnAllNodesSeeWhatIsWrittenInARoomAndByWhom(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        Person carol = people.signedIn("carol", 0);
        Rooms.create(ann, ROOM, bob, carol);
        ann.writes("welcome");
        for (Person member : List.of(bob, carol)) {
            member.list().open(ROOM);
            member.sees("welcome");
            assertThat(member.chat().message("welcome")).containsText(ann.user());
        }
        bob.writes("thanks");
        ann.chat().showsInOrder(List.of("welcome", "thanks"));
        carol.chat().showsInOrder(List.of("welcome", "thanks"));
        carol.list().shows(ROOM, bob.user() + ": thanks");
    }

    @Test
    void G13_messagesAreShownAsText(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.somebody("bob").onAPhone();
        bob.opens(people.nodes().url(1));
        bob.signsIn();
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        for (String attempt : HostileText.ATTEMPTS) {
            ann.writes(attempt);
            bob.sees(attempt);
        }
        HostileText.assertUnharmed(ann);
        HostileText.assertUnharmed(bob);
        Object overflow = bob.chat().region().evaluate("node => node.scrollWidth - node.clientWidth");
        assertThat(overflow).as("a long word is broken").isEqualTo(0);
    }

    @Test
    @Tag("full")
    void axeFindsNothingSeriousOnAPhone(People people) throws Exception {
        Person ann = people.somebody("ann").onAPhone();
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        String bob = people.userId("bob");
        people.backend().sends(bob, ann.user(), "hello");
        ann.list().shows(bob, "hello");
        Axe.check(ann, "list on a phone");
        ann.list().open(bob);
        assertThat(ann.chat().message("hello")).isVisible();
        Axe.check(ann, "conversation on a phone");
    }
}
