package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reader begins at the first unread message, reads on as they scroll, and finds themselves again where they were. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class ReadingPageTest {
    private static final int READ = 5;
    private static final int UNREAD = 120;
    /** More than the pane has room for. */
    private static final int HIDDEN = 40;

    private static final Pattern COUNT = Pattern.compile("(\\d+)\\+? unread");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static void sends(People people, String from, String to, String word, int count)
            throws IOException, InterruptedException {
        for (int i = 1; i <= count; i++) {
            people.backend().sends(from, to, word + " " + i);
        }
    }

    /** How many unread messages the list shows for a conversation. */
    private static int unread(Person person, String title) {
        Matcher shown = COUNT.matcher(person.list().row(title).textContent());
        return shown.find() ? Integer.parseInt(shown.group(1)) : 0;
    }

    @Test
    void aChatWith120UnreadOpensAtTheFirstAndIsReadAsOneScrolls(People people) throws Exception {
        Person ann = people.member("ann");
        String bob = people.userId("bob");
        sends(people, bob, ann.user(), "read", READ);
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(bob);
        ann.list().showsNothingOf(bob, "unread");
        ann.press("Escape");
        sends(people, bob, ann.user(), "line", UNREAD);
        ann.list().shows(bob, "line " + UNREAD);

        ann.reloads();
        ann.list().shows(bob, "unread messages");
        ann.list().open(bob);
        assertThat(ann.chat().message("line 1")).isInViewport();
        assertThat(ann.chat().message("line 1")).containsText("New messages");
        assertThat(ann.chat().region().getByText("New messages")).hasCount(1);
        int atFirst = unread(ann, bob);
        assertThat(atFirst).isGreaterThan(UNREAD / 2);

        ann.chat().region().focus();
        Locator later = ann.chat().message("line 60");
        await().atMost(PATIENCE).until(() -> {
            ann.press("PageDown");
            return later.isVisible() && unread(ann, bob) < atFirst;
        });
        assertThat(unread(ann, bob)).isPositive();
        ann.press("End");
        assertThat(ann.chat().message("line " + UNREAD)).isInViewport();
        ann.list().showsNothingOf(bob, "unread");
    }

    @Test
    void messagesThatCameWhileThePageWasHiddenAreUnreadUnderTheLine(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        bob.writes("before");
        ann.sees("before");
        bob.chat().marks("before", "Seen");

        ann.hidesThePage();
        IntStream.rangeClosed(1, HIDDEN).forEach(i -> bob.writes("hidden " + i));
        ann.list().shows(bob.user(), HIDDEN + " unread messages");
        bob.chat().marks("hidden " + HIDDEN, "Delivered");

        ann.showsThePage();
        assertThat(ann.chat().message("hidden 1")).isInViewport();
        assertThat(ann.chat().message("hidden 1")).containsText("New messages");
        assertThat(ann.chat().message("hidden " + HIDDEN)).not().isInViewport();
        assertThat(unread(ann, bob.user())).isPositive();
        ann.page().locator("#jump").click();
        bob.chat().marks("hidden " + HIDDEN, "Seen");
        ann.list().showsNothingOf(bob.user(), "unread");
    }

    @Test
    void whereTheReaderWasIsKeptWhileTheyAreInAnotherChat(People people) throws Exception {
        Person ann = people.member("ann");
        String bob = people.userId("bob");
        String carol = people.userId("carol");
        sends(people, bob, ann.user(), "line", 60);
        sends(people, carol, ann.user(), "other", 1);
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(bob);
        assertThat(ann.chat().region().getByText("New messages")).isVisible();
        ann.chat().region().focus();
        ann.press("End");
        ann.list().showsNothingOf(bob, "unread");
        ann.press("PageUp");
        assertThat(ann.chat().message("line 60")).not().isInViewport();
        Locator line = ann.chat().message("line 45");
        assertThat(line).isVisible();
        double before = line.boundingBox().y;

        ann.list().open(carol);
        ann.sees("other 1");
        ann.list().open(bob);
        assertThat(line).isVisible();
        assertThat(line.boundingBox().y).isCloseTo(before, within(2.0));
    }

    @Test
    void whatOneReadsOnOneDeviceIsReadOnTheOther(People people) throws Exception {
        Person desk = people.member("ann");
        Person phone = people.somebody("ann").onAPhone().withAnAccount();
        String bob = people.userId("bob");
        for (Person each : new Person[] {desk, phone}) {
            each.opens(people.nodes().url(each == desk ? 0 : 1));
            each.signsIn();
        }
        people.backend().sends(bob, desk.user(), "hello");
        desk.list().shows(bob, "1 unread message");
        phone.list().shows(bob, "1 unread message");

        phone.list().row(bob).tap();
        phone.sees("hello");
        desk.list().showsNothingOf(bob, "unread");
        phone.writes("from the phone");
        desk.list().shows(bob, "from the phone");
    }
}
