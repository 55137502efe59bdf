package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** What somebody does where the law lets them undo a purchase and nothing else: in a real browser, every page looked at. */
class KoreaBrowserTest {
    private static final World KOREA = World.korea();
    private static final By MAIN_BUTTON = By.cssSelector("main a.btn-primary");
    private static final By SIGNED_IN = By.cssSelector("nav a[href='/account']");
    private static final By ENTER = By.cssSelector("main form[action='/sandbox/enter'] button");
    private static final By BUTTON = By.cssSelector("main form button.btn-primary");

    @ParameterizedTest(name = "{0}, {1} px")
    @CsvSource({"ko, 1280", "en, 390"})
    void a_charge_is_cancelled(String language, int width) throws IOException {
        boolean korean = language.equals("ko");
        try (var browser = new Browser(KOREA.address(), language, width, true)) {
            browser.open("/");
            assertThat(browser.text())
                    .contains(korean ? "여기서 할 수 없는 일" : "What cannot be done here")
                    .contains("KR-03");
            browser.check("k1-start-signed-out");
            assertThat(browser.find(MAIN_BUTTON).getText())
                    .as("the start page's main button, also for who has not signed in")
                    .contains(korean ? "내 결제 되돌리기" : "Undo a purchase of mine");
            browser.find(MAIN_BUTTON).click();
            assertThat(browser.path()).startsWith("/sign-in");
            browser.open("/");
            browser.tabTo(ENTER);
            browser.press(Keys.ENTER);
            browser.find(SIGNED_IN);
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

    @ParameterizedTest(name = "{0}, {1} px")
    @CsvSource({"ko, 390", "en, 1280"})
    void a_withdrawal_is_refused_and_referred_another_is_late_and_a_voucher_has_an_account(
            String language, int width) throws IOException {
        boolean korean = language.equals("ko");
        try (var browser = new Browser(KOREA.address(), language, width, true)) {
            browser.open("/");
            browser.find(ENTER).click();
            browser.find(SIGNED_IN);

            browser.open("/ways-out/new");
            var line = lineOf(browser);
            typed(browser, bought(line, 33_710), tooLarge());
            browser.until(korean ? "1MB까지" : "At most 1 MB");
            browser.refused(422);
            browser.check("k9-file-too-large");

            ask(browser, line, 33_710, "withdrawal", korean);
            KOREA.forward(Duration.ofHours(6));
            browser.until(korean ? "거절했어요" : "has refused");
            browser.check("k10-refused");
            browser.find(choice("refer")).click();
            browser.until(korean ? "분쟁조정 기관이 맡았어요" : "The dispute body has it");
            browser.check("k11-referred");

            ask(browser, line, 33_720, "correction", korean);
            KOREA.forward(Duration.ofDays(20));
            browser.until(korean ? "기한을 넘겼어요" : "is late");
            browser.check("k12-overdue");
            browser.find(choice("take-back")).click();
            browser.until(korean ? "요청을 거뒀어요" : "You took it back");

            browser.open("/ways-out/new");
            browser.find(By.cssSelector("#line option[value='']")).click();
            browser.find(By.cssSelector("form details summary")).click();
            browser.find(By.cssSelector("#issuer option[value='hanul']")).click();
            browser.type(By.id("face_value"), "50,000");
            browser.type(By.id("balance"), "20,000");
            browser.set("expires_on", Undoer.today(KOREA).plusYears(1).toString());
            var item = new HashMap<String, Object>();
            item.putAll(Map.of("number", "HN" + UUID.randomUUID(), "seller", "물결상점"));
            item.putAll(Map.of("article", "모바일상품권", "amount", 46_250));
            item.put("bought_on", Undoer.today(KOREA).minusYears(1).toString());
            typed(browser, item, evidence());
            browser.until(korean ? "상품권 환급" : "Voucher refund");
            assertThat(browser.find(By.id("account")).isDisplayed()).isTrue();
            browser.check("k13-voucher");
        }
    }

    /** Asks for one way out of a purchase that is entered, stating what only the customer can know. */
    private static void ask(Browser browser, String line, long amount, String kind, boolean korean)
            throws IOException {
        browser.open("/ways-out/new");
        typed(browser, bought(line, amount), evidence());
        browser.until(korean ? "청약 철회" : "Withdrawal");
        var form = "//form[input[@name='kind' and @value='" + kind + "']]";
        browser.find(By.xpath(form + "//button")).click();
        assertThat(browser.path()).as("not without a word").startsWith("/purchases/");
        browser.find(By.xpath(form + "//input[@name='stated']")).click();
        browser.find(By.xpath(form + "//button")).click();
        browser.until(korean ? "답을 기다려요" : "Waiting for");
        browser.check("k9-" + kind);
    }

    private static By choice(String choice) {
        return By.cssSelector("form[action$='/" + choice + "'] button");
    }

    /** Of whoever looks: the sandbox's bill is named after it. */
    private static String lineOf(Browser browser) {
        browser.open(browser.linkTo(By.cssSelector("main .notice a")));
        var line = browser.path().replaceAll(".*/phones/([^/]+)/bill.*", "$1");
        browser.open("/ways-out/new");
        return line.replace("%2B", "+");
    }

    private static Map<String, Object> bought(String line, long amount) {
        var item =
                KOREA.sandbox()
                        .post("/sandbox/purchases", Map.of("line", line, "amount", amount))
                        .ok();
        var typed = new HashMap<String, Object>();
        for (var field : List.of("number", "seller", "article", "bought_on"))
            typed.put(field, item.path(field).asString());
        typed.put("amount", amount);
        return typed;
    }

    private static void typed(Browser browser, Map<String, Object> item, Path file) {
        for (var field : List.of("number", "seller", "article", "amount"))
            browser.type(By.id(field), String.valueOf(item.get(field)));
        browser.set("bought_on", String.valueOf(item.get("bought_on")));
        browser.type(By.id("file"), file.toString());
        browser.find(BUTTON).click();
    }

    private static Path tooLarge() throws IOException {
        var file = Path.of("target/large-bill.pdf").toAbsolutePath();
        Files.writeString(file, Undoer.pdf("x".repeat(1_100_000)));
        return file;
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
