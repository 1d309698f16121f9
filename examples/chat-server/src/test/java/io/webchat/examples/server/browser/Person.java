package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Somebody at a browser of their own. They look at one tab at a time. */
final class Person implements AutoCloseable {
    static final String PASSWORD = "a good password";
    /** A trace has every step of a test that failed, and makes each step almost twice as long: ask for it. */
    private static final boolean TRACED = Boolean.getBoolean("browser.trace");

    private static final int DESKTOP_WIDTH = 1280;
    private static final int DESKTOP_HEIGHT = 800;
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    private final Stage stage;
    private final String user;
    private final ChatPane chat = new ChatPane(this);
    private final ConversationList list = new ConversationList(this);
    private BrowserContext context;
    private Console console;
    private @Nullable Page page;
    private boolean registered;
    private boolean onAPhone;

    Person(Stage stage, String user) {
        this.stage = stage;
        this.user = user;
        context = context(new Browser.NewContextOptions().setViewportSize(DESKTOP_WIDTH, DESKTOP_HEIGHT));
        console = new Console(context);
    }

    private BrowserContext context(Browser.NewContextOptions options) {
        BrowserContext made = stage.browser()
                .newContext(options.setLocale("en-GB").setTimezoneId("UTC").setReducedMotion(ReducedMotion.REDUCE));
        made.setDefaultTimeout(Stage.PATIENCE);
        if (TRACED) {
            made.tracing().start(new Tracing.StartOptions().setSnapshots(true));
        }
        return made;
    }

    /** Takes a phone instead of the desk's computer. To be called first. */
    Person onAPhone() {
        onAPhone = true;
        context.close();
        context = context(new Browser.NewContextOptions()
                .setViewportSize(PHONE_WIDTH, PHONE_HEIGHT)
                .setHasTouch(true)
                .setIsMobile(true)
                .setDeviceScaleFactor(2));
        console = new Console(context);
        return this;
    }

    String user() {
        return user;
    }

    ChatPane chat() {
        return chat;
    }

    ConversationList list() {
        return list;
    }

    /** The tab that they look at. */
    Page page() {
        Page open = page;
        if (open == null) {
            open = context.newPage();
            page = open;
        }
        return open;
    }

    void opens(String url) {
        page().navigate(url);
    }

    void opensAnotherTab() {
        String url = page().url();
        page = context.newPage();
        page.navigate(url);
    }

    /** Turns to one of their tabs, in the order in which they were opened. */
    void turnsToTab(int number) {
        page = context.pages().get(number);
        page.bringToFront();
    }

    /** Closes the tab that they look at; what they do next opens a new one, or turn to another first. */
    void closesTheTab() {
        page().close();
        page = null;
    }

    void reloads() {
        page().reload();
    }

    /** They have an account, so the page does not ask whether to make one. */
    Person withAnAccount() {
        registered = true;
        return this;
    }

    boolean isOnAPhone() {
        return onAPhone;
    }

    /** Signs in, the first time after making the account. */
    void signsIn() {
        signsIn(PASSWORD);
        if (!registered) {
            button("Create account " + user).click();
            registered = true;
        }
        seesTheirConversations();
    }

    void signsIn(String password) {
        field("User id").fill(user);
        field("Password").fill(password);
        button("Sign in").click();
    }

    void signsOut() {
        button("Sign out").click();
        dialog("Sign out?")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out"))
                .click();
    }

    void seesTheirConversations() {
        assertThat(button("New conversation")).isVisible();
    }

    void seesTheSignInPage() {
        assertThat(button("Sign in")).isVisible();
    }

    void startsConversationWith(Person other) {
        startsConversationWith(other.user);
    }

    void startsConversationWith(String userId) {
        button("New conversation").click();
        Locator dialog = dialog("New conversation");
        dialog.getByLabel("User id").fill(userId);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start"))
                .click();
    }

    void opensConversationWith(Person other) {
        list.open(other.user);
    }

    void writes(String text) {
        chat.write(text);
    }

    /** They see a message with this text, once. */
    void sees(String text) {
        chat.shows(text);
    }

    /** Turns to another window; the page stays visible beside it. */
    void looksAway() {
        page().evaluate("document.hasFocus = () => false; window.dispatchEvent(new Event('blur'))");
    }

    void looksBack() {
        page().evaluate("delete document.hasFocus; window.dispatchEvent(new Event('focus'))");
    }

    /** Turns to another tab or window, which covers the page. */
    void hidesThePage() {
        setVisibility("hidden");
    }

    void showsThePage() {
        setVisibility("visible");
    }

    private void setVisibility(String state) {
        page().evaluate(
                        "state => { Object.defineProperty(document, 'visibilityState',"
                                + " { configurable: true, get: () => state });"
                                + " document.dispatchEvent(new Event('visibilitychange')); }",
                        state);
    }

    void goesOffline() {
        expects(Console.Noise.UNREACHABLE);
        context.setOffline(true);
    }

    void comesBack() {
        context.setOffline(false);
    }

    void prefers(ColorScheme scheme) {
        page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    /** The line above everything that tells how the connection is. */
    void seesTheBanner(String text) {
        assertThat(page().getByRole(AriaRole.STATUS).getByText(text)).isVisible();
    }

    void seesNoBanner() {
        assertThat(page().getByText("Reconnecting")).isHidden();
        assertThat(page().getByText("You are offline")).isHidden();
    }

    /** What a screen reader was given to say. */
    void hears(String text) {
        assertThat(page().getByRole(AriaRole.LOG)).containsText(text);
    }

    Locator field(String label) {
        // Labels in closed dialogs and on the hidden sign-in page are in the document too.
        return page().getByLabel(label, new Page.GetByLabelOptions().setExact(true))
                .filter(new Locator.FilterOptions().setVisible(true));
    }

    Locator button(String name) {
        return page().getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator dialog(String name) {
        return page().getByRole(
                        AriaRole.DIALOG,
                        new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void press(String key) {
        page().keyboard().press(key);
    }

    /** Accepts lines on the console that the test brings about. */
    void expects(Console.Noise noise) {
        console.expect(noise);
    }

    /** What their browser keeps in short texts, such as who is signed in, as Playwright writes it. */
    String storage() {
        return context.storageState();
    }

    void assertQuietConsole() {
        console.assertQuiet(user);
    }

    void keepEvidence(Path folder) throws IOException {
        int number = 0;
        for (Page each : context.pages()) {
            each.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(user + "-tab" + number + ".png")));
            number++;
        }
        Files.write(folder.resolve(user + "-console.txt"), console.lines());
        if (TRACED) {
            context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve(user + "-trace.zip")));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
