package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A narrow screen, and a dark one, by the system or by choice. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class PhoneTest {
    @Test
    void onAPhoneTheListAndTheConversationTakeTurns(People people) throws Exception {
        Person ann = people.somebody("ann").onAPhone();
        String bob = people.userId("bob");
        ann.opens(people.nodes().url(0));
        ann.signsIn();
        people.backend().sends(bob, ann.user(), "hello");
        ann.list().shows(bob, "hello");
        assertFits(ann);

        ann.list().row(bob).tap();
        ann.sees("hello");
        assertThat(ann.list().row(bob)).isHidden();
        Locator back = ann.button("Back to the conversations");
        assertThat(back).isInViewport();
        assertThat(ann.chat().field()).isInViewport();
        assertFits(ann);
        ann.chat().field().fill("hi");
        ann.button("Send").tap();
        ann.sees("hi");

        back.tap();
        assertThat(ann.list().row(bob)).isVisible();
        assertThat(ann.chat().region()).isHidden();
        ann.page().goBack();
        ann.sees("hi");
        ann.page().goForward();
        assertThat(ann.list().row(bob)).isVisible();
    }

    @Test
    void onADesktopThereIsNoBackButton(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.member("bob");
        ann.startsConversationWith(bob);
        assertThat(ann.chat().region()).isVisible();
        assertThat(ann.button("Back to the conversations")).isHidden();
        assertThat(ann.list().row(bob.user())).isVisible();
    }

    @Test
    void whoPrefersDarkGetsLightTextOnADarkGround(People people) {
        Person ann = people.signedIn("ann", 0);
        ann.prefers(ColorScheme.LIGHT);
        assertThat(lightness(ann, "backgroundColor")).isGreaterThan(0.8);
        assertThat(lightness(ann, "color")).isLessThan(0.4);
        ann.prefers(ColorScheme.DARK);
        assertThat(lightness(ann, "backgroundColor")).isLessThan(0.2);
        assertThat(lightness(ann, "color")).isGreaterThan(0.6);
    }

    @Test
    void aChosenThemeWinsOverThatOfTheSystemAndStays(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.startsConversationWith(people.member("bob"));
        ann.prefers(ColorScheme.LIGHT);
        chooseTheme(ann, "Dark");
        assertThat(lightness(ann, "backgroundColor")).isLessThan(0.2);
        ann.reloads();
        ann.seesTheirConversations();
        assertThat(lightness(ann, "backgroundColor")).isLessThan(0.2);
        Axe.check(ann, "a dark theme that was chosen");

        ann.prefers(ColorScheme.DARK);
        chooseTheme(ann, "Light");
        assertThat(lightness(ann, "backgroundColor")).isGreaterThan(0.8);
        Axe.check(ann, "a light theme that was chosen");
        chooseTheme(ann, "As the system");
        ann.prefers(ColorScheme.DARK);
        assertThat(lightness(ann, "backgroundColor")).isLessThan(0.2);
    }

    private static void chooseTheme(Person person, String theme) {
        person.page().getByTitle("Your profile").click();
        person.dialog("Your profile").getByLabel(theme).check();
        person.press("Escape");
    }

    private static void assertFits(Person person) {
        assertThat(person.page().evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("no scrolling sideways")
                .isEqualTo(true);
    }

    /** From 0, black, to 1, white. */
    private static double lightness(Person person, String property) {
        Object value = person.page()
                .evaluate(
                        "property => { const [r, g, b] = getComputedStyle(document.body)[property].match(/[\\d.]+/g);"
                                + " return (Number(r) + Number(g) + Number(b)) / 765; }",
                        property);
        return ((Number) value).doubleValue();
    }
}
