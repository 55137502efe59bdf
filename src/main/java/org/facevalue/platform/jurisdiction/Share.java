package org.facevalue.platform.jurisdiction;

/**
 * What a rule gives back: so many hundredths of what is left of the purchase. What is used up comes back by no rule.
 *
 * @param percent 100 is all that is left
 */
public record Share(long percent) {
    public static final Share ALL = new Share(100);
}
