package org.facevalue.sandbox;

/** What can go wrong with any request or notice, whoever is asked. */
enum Mishap {
    REQUEST_LOST("the request is lost on its way"),
    ANSWER_LOST("it is done, and the answer is lost"),
    ERROR_500("answers 500, and nothing is done"),
    ERROR_502("answers 502, and nothing is done"),
    ERROR_503("answers 503, and nothing is done"),
    TOO_MANY("answers 429, and nothing is done"),
    ERROR_AFTER("it is done, and answered 500"),
    HALF_A_BODY("it is done, and the connection breaks in the middle of the answer"),
    WRONG_CONTENT_TYPE("it is done, and the answer is a page of HTML"),
    WRONG_AMOUNT("it is done, and the answer names another amount"),
    WRONG_CURRENCY("it is done, and the answer names another currency"),
    SOMEONE_ELSES("it is done, and the answer bears somebody else's reference"),
    DUPLICATE_ID("it is done, and the answer bears an identifier that was given out before"),
    SLOW("it is done, and the answer takes twenty seconds"),
    NOTICE_TEN_TIMES("every notice comes ten times"),
    NOTICE_REVERSED("notices come in the reverse order"),
    NOTICE_WITH_WRONG_TOKEN("every notice bears a wrong token"),
    NOTICE_WITHOUT_TOKEN("no notice bears a token"),
    NOTICE_OF_UNKNOWN("notices are about a payment that nobody knows"),
    NOTICE_VERY_LATE("notices come two hours later"),
    NOTICE_FIRST("notices come before the answer");

    private final String meaning;

    Mishap(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }

    boolean isNotice() {
        return compareTo(NOTICE_TEN_TIMES) >= 0;
    }

    /** Whether the request gets as far as whoever was asked. */
    boolean arrives() {
        return switch (this) {
            case REQUEST_LOST, ERROR_500, ERROR_502, ERROR_503, TOO_MANY -> false;
            default -> true;
        };
    }
}
