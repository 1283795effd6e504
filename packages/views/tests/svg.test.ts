import { expect, test } from "vitest";
import fc from "fast-check";
import { heatMap, spectrum, toSvg } from "@eckart/views";

test("VIEW-6 a figure names and describes itself and follows the light and dark scheme", () => {
  const svg = toSvg(spectrum({ s: [5, 3], title: "Two values" }));
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img"/);
  expect(svg).toContain("<title>Two values</title>");
  expect(svg).toContain("<desc>Rank 2 of 2; the first 2 hold 100 % of the energy.</desc>");
  expect(svg).toContain("prefers-color-scheme:dark");
  expect(svg).not.toMatch(/<script|href=|url\(/);
});

test("VIEW-7 text from outside stays text", () => {
  const title = `<script>alert("1")</script> & 'x' \u0000\u001b\ud800`;
  const svg = toSvg(spectrum({ s: [1], title }));
  expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; \ufffd\ufffd\ufffd");
  expect(svg).not.toContain("<script");
});

test("VIEW-7 whatever the title and the names, the elements are the same", () => {
  const tags = (svg: string) => svg.match(/<\/?[a-z]+/g);
  const expected = tags(toSvg(heatMap([[1, 2]], { title: "a", columns: ["b", "c"] })));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (title, name) => {
      const svg = toSvg(heatMap([[1, 2]], { title, columns: [name, "c"] }));
      expect(tags(svg)).toEqual(expected);
      expect(svg).not.toMatch(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    }),
    { numRuns: 200, seed: 1 },
  );
});
