# lambda: Fitted weighting λ(t) (compare Fig. 3 of the paper) on 48 training tuples, each curve divided by its
#   sum. It is not identifiable: with the closed forms the tuples enter through M/N = 1 − ρ/C alone, one number
#   (here ρ = 0.2059), so any curve of equal ρ and sum predicts the same: dashed, the best moved by a wave;
#   grey, other random starts. The shape of a curve is that of its start plus what the gradient can add, a
#   constant and a multiple of the generalizing loss; it says nothing about which times matter.
#
# Draw again in this folder:  gnuplot lambda.gp
# another format:              gnuplot -e "format='pdf'" lambda.gp   (svg, pdf, png, tikz)

if (!exists('format')) format = 'svg'
tex = (format eq 'tikz')
T(words, latex) = tex ? latex : words
if (format eq 'svg') set terminal svg size 605,363 enhanced \
  font 'STIX,14' background 'white' linewidth 1.2 dashlength 0.8
if (format eq 'pdf') set terminal pdfcairo size 16.0cm,9.6cm enhanced \
  font 'STIX,10.5' fontscale 0.75 linewidth 1.6 dashlength 1.4
if (format eq 'png') set terminal pngcairo size 1512,907 enhanced \
  font 'STIX,10.5' fontscale 2.5 linewidth 2.8 pointscale 2.6 dashlength 1.4 background 'white'
if (tex) set terminal tikz size 16.0cm,9.6cm linewidth 1.2 dashlength 0.8
set output 'lambda.' . (tex ? 'tex' : format)
# STIX has tall lines: numbers and names are moved nearer to their axis
tall = tex ? 0.3 : 1
# points of one size are larger in svg
mark = format eq 'svg' ? 0.75 : 1

set encoding utf8
set border 3 lw 0.7 lc rgb '#333333'
set tics out nomirror scale 0.6
unset key

# legend
set arrow 101 from screen 0.1339, screen 0.0979 to screen 0.2058, screen 0.0979 nohead lc rgb '#d1521b' lw 1.4 dt (9,6)
set label 101 'best start moved freely: same predictions' at screen 0.2214, screen 0.0979 left
set arrow 103 from screen 0.6755, screen 0.0979 to screen 0.7473, screen 0.0979 nohead lc rgb '#12406f' lw 1.8 dt solid
set label 104 '' at screen 0.7114, screen 0.0979 point pt 7 ps 0.7*mark lc rgb '#12406f'
set label 103 'best start' at screen 0.763, screen 0.0979 left
set arrow 105 from screen 0.1339, screen 0.0396 to screen 0.2058, screen 0.0396 nohead lc rgb '#9a9a9a' lw 0.9 dt solid
set label 105 'other starts, about as good' at screen 0.2214, screen 0.0396 left

set lmargin at screen 0.1175; set rmargin at screen 0.9688
set bmargin at screen 0.2781; set tmargin at screen 0.9687
unset title
set xlabel T('time {/:Italic t}', 'time $t$') offset 0,0.95*tall
set xrange [0.0:1.01898]
unset logscale x; set format x T('%g', '$%g$')
set xtics autofreq offset 0,0.45*tall
set ylabel T('weight λ({/:Italic t}), sum one', 'weight $\lambda$($t$), sum one') offset 0.8,0
set yrange [*:*]
unset logscale y; set format y T('%g', '$%g$')
set ytics autofreq offset 0.4,0
unset x2tics; unset x2label; unset link x2; set border 3
set arrow 1 from graph 0, first 0.0 to graph 1, first 0.0 nohead back lc rgb '#a0a0a0' lw 0.6 dt (2,4)
plot 'lambda.dat' index '[start 2]' using 1:2 with lines lc rgb '#9a9a9a' lw 0.9 dt solid, \
     'lambda.dat' index '[start 3]' using 1:2 with lines lc rgb '#9a9a9a' lw 0.9 dt solid, \
     'lambda.dat' index '[start 4]' using 1:2 with lines lc rgb '#9a9a9a' lw 0.9 dt solid, \
     'lambda.dat' index '[start 5]' using 1:2 with lines lc rgb '#9a9a9a' lw 0.9 dt solid, \
     'lambda.dat' index '[start 6]' using 1:2 with lines lc rgb '#9a9a9a' lw 0.9 dt solid, \
     'lambda.dat' index '[start 7]' using 1:2 with lines lc rgb '#9a9a9a' lw 0.9 dt solid, \
     'lambda.dat' index '[moved]' using 1:2 with lines lc rgb '#d1521b' lw 1.4 dt (9,6), \
     'lambda.dat' index '[best]' using 1:2 with lines lc rgb '#12406f' lw 1.8 dt solid, \
     'lambda.dat' index '[best]' using 1:2 with points lc rgb '#12406f' lw 1.2 pt 7 ps 0.7*mark
