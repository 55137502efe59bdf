package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** What somebody does where the law lets them undo a purchase and nothing else: in a real browser, every page looked at. */
class KoreaBrowserTest {
    private static final World KOREA = World.korea();
    private static final By BUTTON = By.cssSelector("main form button.btn-primary");

    @ParameterizedTest(name = "{0}, {1} px")
    @CsvSource({"ko, 390", "ko, 1280", "en, 390", "en, 1280"})
    void a_charge_is_cancelled(String language, int width) throws IOException {
        boolean korean = language.equals("ko");
        try (var browser = new Browser(KOREA.address(), language, width, true)) {
            browser.open("/");
            assertThat(browser.text())
                    .contains(korean ? "여기서 할 수 없는 일" : "What cannot be done here")
                    .contains("KR-03");
            browser.check("k1-start-signed-out");
            browser.tabTo(BUTTON);
            browser.press(Keys.ENTER);
            browser.until(korean ? "내 결제 되돌리기" : "Undo a purchase of mine");
            browser.check("k2-start");
            browser.open("/ways-out");
            browser.check("k3-list-empty");

            browser.open("/ways-out/new");
            browser.check("k4-new");
            fill(browser, "2026-02-30");
            browser.tabTo(BUTTON);
            browser.press(Keys.ENTER);
            browser.until(korean ? "실제 날짜" : "A day that exists");
            browser.refused(422);
            browser.check("k5-new-wrong");

            var bought = todaysPurchase(browser);
            browser.open("/ways-out/new");
            browser.type(By.id("number"), bought.path("number").asString());
            browser.type(By.id("seller"), bought.path("seller").asString());
            browser.type(By.id("article"), bought.path("article").asString());
            browser.type(By.id("amount"), "33,000");
            browser.set("bought_on", bought.path("bought_on").asString());
            browser.type(By.id("file"), evidence().toString());
            browser.tabTo(BUTTON);
            browser.press(Keys.ENTER);
            browser.until(korean ? "결제 취소" : "Cancellation");
            assertThat(browser.text()).contains(korean ? "33,000원" : "₩33,000");
            browser.check("k6-purchase");

            browser.tabTo(BUTTON);
            browser.press(Keys.ENTER);
            for (int i = 0; i < 10; i++) {
                World.sleep();
                KOREA.forward(Duration.ofSeconds(3));
            }
            browser.until(korean ? "모두 돌려받았어요" : "All of it came back");
            browser.check("k7-undone");
            browser.open("/ways-out");
            browser.check("k8-list");
        }
    }

    /** The sandbox shows what is on the bill of whoever looks; the newest is of today. */
    private static JsonNode todaysPurchase(Browser browser) {
        browser.open(browser.linkTo(By.cssSelector("main .notice a")));
        var line = browser.path().replaceAll(".*/phones/([^/]+)/bill.*", "$1");
        return KOREA.sandbox().get("/sandbox/phones/" + line).ok().path("purchases").get(0);
    }

    private static void fill(Browser browser, String day) throws IOException {
        browser.type(By.id("number"), "B00000001");
        browser.type(By.id("seller"), "반딧불게임즈");
        browser.type(By.id("article"), "게임 아이템");
        browser.type(By.id("amount"), "12,000");
        browser.attribute("bought_on", "type", "text");
        browser.type(By.id("bought_on"), day);
        browser.type(By.id("file"), evidence().toString());
    }

    private static Path evidence() throws IOException {
        var file = Path.of("target/bill.pdf").toAbsolutePath();
        if (!Files.exists(file)) Files.writeString(file, Undoer.pdf("what the bill says"));
        return file;
    }
}
