package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** History from the server, in a browser that has none of it. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class HistoryPageTest {
    private static final int MESSAGES = 300;
    private static final int MOST_SHOWN = 120;

    @Test
    void scrollingUpBringsTheWholeHistoryAndASearchFindsWhatIsLoaded(People people) throws Exception {
        Person ann = people.member("ann");
        String bob = people.userId("bob");
        List<String> texts = IntStream.rangeClosed(1, MESSAGES)
                .mapToObj("line %03d"::formatted)
                .toList();
        for (int i = 0; i < MESSAGES; i++) {
            boolean isAnns = i % 2 == 0;
            people.backend().sends(isAnns ? ann.user() : bob, isAnns ? bob : ann.user(), texts.get(i));
        }

        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().shows(bob, "line 300");
        ann.list().open(bob);
        ann.chat().region().focus();
        ann.press("End");
        ann.sees("line 300");
        // Her own messages come with the history, and those of others may come before it.
        ann.sees("line 299");
        Locator beginning = ann.chat().region().getByText("This is where the conversation begins.");
        SortedSet<String> seen = new TreeSet<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            seen.addAll(shownTexts(ann));
            ann.press("PageUp");
            return beginning.isVisible() && seen.contains(texts.get(0));
        });
        assertThat(seen).containsExactlyElementsOf(texts);
        assertThat(ann.chat().messages().count()).isLessThanOrEqualTo(MOST_SHOWN);

        ann.chat().search("line 29");
        ann.chat().showsMatches("1 of 10");
        ann.press("Enter");
        ann.chat().showsMatches("2 of 10");
        ann.press("Escape");
        assertThat(ann.button("Search messages")).isFocused();
    }

    @Test
    void whereTheReaderIsStaysPutWhileNewMessagesCome(People people) throws Exception {
        Person ann = people.member("ann");
        String bob = people.userId("bob");
        for (int i = 1; i <= 40; i++) {
            people.backend().sends(bob, ann.user(), "line " + i);
        }
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        ann.list().open(bob);
        ann.chat().region().focus();
        ann.press("End");
        ann.sees("line 40");
        ann.list().showsNothingOf(bob, "unread");
        ann.press("Home");
        assertThat(ann.chat().message("line 1")).isInViewport();

        people.backend().sends(bob, ann.user(), "news");
        Locator jump = ann.page().getByText("1 new message");
        assertThat(jump).isVisible();
        assertThat(ann.chat().message("line 1")).isInViewport();
        jump.click();
        assertThat(ann.chat().message("news")).isInViewport();
    }

    @Test
    void conversationsAreFoundByNameAndByTheirLastMessage(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        people.backend().sends(people.userId("bob"), ann.user(), "about apples");
        people.backend().sends(people.userId("carol"), ann.user(), "about pears");
        ann.list().shows(people.userId("bob"), "about apples");
        ann.list().shows(people.userId("carol"), "about pears");

        ann.field("Search conversations").fill("PEARS");
        assertThat(ann.list().rows()).hasCount(1);
        ann.field("Search conversations").fill("bob.");
        assertThat(ann.list().rows()).containsText(new String[] {people.userId("bob")});
        ann.field("Search conversations").fill("nobody");
        assertThat(ann.page().getByText("Nothing matches")).isVisible();
        ann.press("Escape");
        assertThat(ann.list().rows()).hasCount(2);
    }

    private static List<String> shownTexts(Person person) {
        return person.chat().texts().stream()
                .filter(text -> text.startsWith("line "))
                .toList();
    }
}
