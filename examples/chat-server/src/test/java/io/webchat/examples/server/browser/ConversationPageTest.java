package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people in two browsers on two nodes. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class ConversationPageTest {
    @Test
    void typingIsShownWhileItGoesOn(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        bob.startsConversationWith(ann);
        ann.writes("hello");
        bob.sees("hello");

        ann.chat().type("I am just wri");
        bob.chat().says("typing…");
        bob.list().shows(ann.user(), "typing…");
        ann.writes("written");
        bob.sees("written");
        bob.chat().saysNothingOf("typing…");
    }

    @Test
    void whatWasNotReadIsCountedInTheListAndInTheTitle(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        List.of("one", "two", "three").forEach(ann::writes);

        bob.list().shows(ann.user(), "3 unread messages");
        bob.list().shows(ann.user(), "three");
        bob.hears("three");
        assertThat(bob.page()).hasTitle(Pattern.compile("^\\(3\\) "));

        bob.opensConversationWith(ann);
        bob.list().showsNothingOf(ann.user(), "unread");
        assertThat(bob.page()).hasTitle(Pattern.compile("^[^(]"));
    }

    @Test
    void whoIsThereIsShownAsOnline(People people) {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        ann.startsConversationWith(bob);
        ann.writes("hello");
        ann.chat().says("Online");
        ann.list().shows(bob.user(), "online");

        bob.signsOut();
        bob.seesTheSignInPage();
        ann.reloads();
        ann.chat().isCalled(bob.user());
        ann.chat().says(Pattern.compile("^Last seen today at "));
        ann.chat().saysNothingOf("Online");
    }

    @Test
    void aMessageThatIsRefusedFailsAndCanBeRetried(People people) {
        Person ann = people.signedIn("ann", 0);
        // On the same node: others hear of a block, and that it was lifted, a few seconds later.
        Person bob = people.signedIn("bob", 0);
        bob.startsConversationWith(ann);
        bob.chat().openDetails();
        bob.dialog(ann.user()).getByText("Block", exact()).click();
        bob.press("Escape");
        bob.chat().says("Blocked");

        ann.startsConversationWith(bob);
        ann.writes("may I?");
        ann.chat().showsAsFailed("may I?");
        ann.hears("could not be sent");

        bob.button("Unblock").click();
        bob.chat().saysNothingOf("Blocked");
        ann.chat().retry("may I?");
        bob.sees("may I?");
        ann.chat().marks("may I?", "Seen");
    }

    private static Locator.GetByTextOptions exact() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    @Test
    void sentDeliveredAndSeenHaveMarksOfDifferentShapes(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.member("bob");
        ann.startsConversationWith(bob);
        ann.writes("hello");
        Map<String, String> shapes = new HashMap<>();
        ann.chat().marks("hello", "Sent");
        shapes.put("Sent", shape(ann, "hello"));
        bob.opens(people.nodes().url(1));
        bob.signsIn();
        ann.chat().marks("hello", "Delivered");
        shapes.put("Delivered", shape(ann, "hello"));
        bob.opensConversationWith(ann);
        ann.chat().marks("hello", "Seen");
        shapes.put("Seen", shape(ann, "hello"));
        assertThat(shapes.values()).doesNotHaveDuplicates().allMatch(shape -> shape.contains("<path"));
    }

    /** The drawing of the mark of a message. */
    private static String shape(Person person, String text) {
        Object drawing = person.chat()
                .message(text)
                .locator(".tick use")
                .evaluate("use => document.querySelector(use.getAttribute('href')).innerHTML");
        return String.valueOf(drawing);
    }
}
