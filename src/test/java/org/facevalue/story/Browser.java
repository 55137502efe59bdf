package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium, without a window, of one width and language. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private final ChromeDriver driver;
    private final String address;
    private final String label;

    /** @param script whether the pages' script runs */
    Browser(String address, String language, int width, boolean script) {
        var options = new ChromeOptions();
        options.setBinary(find("chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--accept-lang=" + language,
                "--lang=" + language);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "intl.accept_languages",
                        language,
                        "profile.managed_default_content_settings.javascript",
                        script ? 1 : 2));
        driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(new File(find("chromedriver")))
                                .build(),
                        options);
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        900,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
        this.address = address;
        this.label = language + "-" + width;
    }

    private static String find(String program) {
        for (var folder : System.getenv("PATH").split(":"))
            if (Files.isExecutable(Path.of(folder, program)))
                return Path.of(folder, program).toString();
        throw new IllegalStateException(
                program + " is not on the PATH: ./facevalue test installs or asks for it");
    }

    void open(String path) {
        driver.get(address + path);
    }

    void dark() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    WebElement find(By by) {
        return new WebDriverWait(driver, PATIENCE)
                .until(d -> d.findElements(by).stream().findFirst().orElse(null));
    }

    boolean shows(By by) {
        return !driver.findElements(by).isEmpty();
    }

    void until(String words) {
        new WebDriverWait(driver, PATIENCE)
                // The page may be replaced while it is read.
                .ignoring(org.openqa.selenium.WebDriverException.class)
                .until(d -> d.findElement(By.tagName("main")).getText().contains(words));
    }

    String text() {
        return driver.findElement(By.tagName("main")).getText();
    }

    /** Of the page: without our address, where it is ours. */
    String path() {
        return driver.getCurrentUrl().replace(address, "");
    }

    /** Where a link leads, on our side. */
    String linkTo(By by) {
        return String.valueOf(find(by).getAttribute("href")).replace(address, "");
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Writes into a field, or names a file to be sent. */
    void type(By by, String text) {
        find(by).sendKeys(text);
    }

    /** Sets a field that browsers show in many ways: a day. */
    void set(String id, String value) {
        driver.executeScript(
                "document.getElementById(arguments[0]).value = arguments[1]", id, value);
    }

    /** As somebody would who does not let the browser help. */
    void attribute(String id, String name, String value) {
        driver.executeScript(
                "document.getElementById(arguments[0]).setAttribute(arguments[1], arguments[2])",
                id,
                name,
                value);
    }

    /** Goes on with the tabulator until the focus is on {@code by}; fails when it never gets there, as a keyboard's user would. */
    void tabTo(By by) {
        var wanted = find(by);
        for (int i = 0; i < 60; i++) {
            if (driver.switchTo().activeElement().equals(wanted)) return;
            press(Keys.TAB);
        }
        throw new AssertionError("the keyboard never reaches " + by);
    }

    /** The page as it stands: every axe rule, no word in the console, nothing wider than the window; and a picture of it. */
    void check(String name) throws IOException {
        // Without a window of its own: there are no frames to be looked into, and it takes half the
        // time.
        var axe = new AxeBuilder();
        axe.setLegacyMode(true);
        var violations = axe.analyze(driver).getViolations();
        assertThat(
                        violations.stream()
                                .map(
                                        rule ->
                                                rule.getId()
                                                        + ": "
                                                        + rule.getNodes().stream()
                                                                .map(n -> n.getHtml())
                                                                .limit(3)
                                                                .toList()))
                .as("%s %s", name, label)
                .isEmpty();
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .as("console of %s %s", name, label)
                .isEmpty();
        var wider =
                driver.executeScript(
                        "return document.documentElement.scrollWidth > document.documentElement.clientWidth");
        assertThat(wider).as("%s %s is wider than the window", name, label).isEqualTo(false);
        picture(name);
    }

    /** The console's one word is the browser's own note that the page was answered with this status. */
    void refused(int status) {
        var words = driver.manage().logs().get(LogType.BROWSER).getAll();
        assertThat(words).hasSize(1);
        assertThat(words.getFirst().getMessage()).contains("status of " + status);
    }

    private void picture(String name) throws IOException {
        var folder = Path.of("target/screenshots");
        Files.createDirectories(folder);
        var whole =
                driver.executeCdpCommand(
                        "Page.captureScreenshot",
                        Map.of("captureBeyondViewport", true, "format", "png"));
        Files.write(
                folder.resolve(name + "-" + label + ".png"),
                OutputType.BYTES.convertFromBase64Png(String.valueOf(whole.get("data"))));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
